"""RDF terms: between the strings that the rules work on and what stores hold."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ontology import PREFIXES
from ontology.records import Property


def iri(term: object) -> str:
    """The IRI of a term; "" for a literal, a blank node or the default graph."""
    return term.value if isinstance(term, NamedNode) else ""


def suffix(prop: Property) -> str:
    """What follows the closing quotation mark of a literal of a property in N-Quads: its datatype, none for a text."""
    prefix, _, name = (prop.range or "xsd:string").partition(":")
    return "" if (prefix, name) == ("xsd", "string") else f"^^<{PREFIXES[prefix]}{name}>"


def typed(value: str, prop: Property) -> NamedNode | Literal:
    """A value of a property as a term: an IRI, or a literal with the datatype of the property's range."""
    if prop.is_object:
        return NamedNode(value)
    prefix, _, name = (prop.range or "xsd:string").partition(":")
    return Literal(value, datatype=NamedNode(PREFIXES[prefix] + name))
