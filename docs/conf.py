"""How Sphinx makes a site of the documents; `bash .ci/docs` builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers.rdf import SparqlLexer
from pygments.token import Operator

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "Chuhai 出海"
html_title = project
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_heading_anchors = 3

html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
_MONOSPACE = {
    "font-stack--monospace": "'Noto Sans Mono CJK SC', 'Sarasa Mono SC', ui-monospace, Menlo, Consolas, monospace"
}
html_theme_options = {"light_css_variables": _MONOSPACE, "dark_css_variables": _MONOSPACE}  # columns of Chinese in line

autodoc_member_order = "bysource"


class Sparql(SparqlLexer):
    """SPARQL with the alternatives of property paths, which the lexer of Pygments takes for an error."""

    tokens = {**SparqlLexer.tokens, "root": [(r"\|(?!\|)", Operator), *SparqlLexer.tokens["root"]]}  # noqa: RUF012


def setup(app: Sphinx) -> None:
    app.add_lexer("sparql", Sparql)
