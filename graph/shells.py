"""Completion in bash, zsh and fish: their scripts, and how a name is written so that a shell takes it as one word.

Builds on click's protocol (the variable `_CHUHAI_COMPLETE`). click's own scripts split what they are offered at
spaces and commas, and let the shell expand it; these take a line as one word, and every character as itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

_BASH = """\
%(complete_func)s() {
    local kind value
    COMPREPLY=()
    while IFS=$'\\t' read -r kind value; do
        case $kind in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            part) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(%(complete_var)s=bash_complete _CHUHAI_LINE="${COMP_LINE:0:COMP_POINT}" _CHUHAI_WORD="$2" \\
        _CHUHAI_LISTING="$COMP_TYPE" "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

_ZSH = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local kind value shown
    local -a values values_shown parts parts_shown
    while IFS=$'\\t' read -r kind value shown; do
        case $kind in
            file) _files ;;
            dir) _files -/ ;;
            part) parts+=("$value"); parts_shown+=("$shown") ;;
            plain) values+=("$value"); values_shown+=("$shown") ;;
        esac
    done < <(%(complete_var)s=zsh_complete _CHUHAI_LINE="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" \\
        "${words[1]}" 2>/dev/null)
    (( $#parts )) && compadd -U -V %(prog_name)s-parts -S '' -d parts_shown -a parts
    (( $#values )) && compadd -U -V %(prog_name)s -d values_shown -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = """\
function %(complete_func)s
    set -l tab (printf '\\t')
    for line in (env %(complete_var)s=fish_complete _CHUHAI_LINE=(commandline -cp | string collect) \\
            %(prog_name)s 2>/dev/null)
        set -l found (string split -m 1 $tab -- $line)
        switch $found[1]
            case file
                __fish_complete_path (commandline -ct)
            case dir
                __fish_complete_directories (commandline -ct)
            case '*'
                printf '%%s\\n' $found[2]
        end
    end
end
complete --no-files --keep-order --command %(prog_name)s --arguments '(%(complete_func)s)'
"""


class Word(NamedTuple):
    """A word of a command line as the shell reads it; `quote` is the quotation mark that is still open."""

    text: str
    quote: str = ""


def words(line: str, single: str = "") -> list[Word]:
    """Split a command line as a shell does; the last word is the one being typed.

    Args:
        line: up to the cursor.
        single: what a backslash takes as itself between single quotes; nothing but in fish.

    >>> [word.text for word in words("chuhai lookup Butterfly\\\\ Eff")]
    ['chuhai', 'lookup', 'Butterfly Eff']
    >>> words('chuhai path "Manus" "Butterfly Eff')[-1]
    Word(text='Butterfly Eff', quote='"')
    >>> words("chuhai ")[-1]
    Word(text='', quote='')
    """
    found: list[Word] = []
    text, quote, inside = "", "", False
    characters = iter(line)
    for character in characters:
        if not quote and character in " \t\n":
            if inside:
                found.append(Word(text))
            text, inside = "", False
            continue
        inside = True
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        elif character == "\\":
            following = next(characters, "")
            taken = {"": following, '"': '\\"$`', "'": single}[quote]
            text += following if following in taken else character + following
        else:
            text += character
    return [*found, Word(text, quote)]


def quoted(text: str, quote: str) -> str:
    """The text as bash takes it for itself, after an open quotation mark or none.

    >>> quoted("Lovo's $(touch x)", "")
    "Lovo\\\\'s\\\\ \\\\$\\\\(touch\\\\ x\\\\)"
    """
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'(["\\$`!])', r"\\\1", text)
    return re.sub(r"(?![\w./,+%@:=-])([\x20-\x7e])", r"\\\1", text)


def _starts(text: str, begun: str) -> bool:
    return text[: len(begun)].casefold() == begun.casefold()


def _common(values: Sequence[str]) -> str:
    """What all begin with, upper or lower case, as the first one has it."""
    shortest = min(map(len, values), default=0)
    ends = (end for end in range(shortest, 0, -1) if all(_starts(value, values[0][:end]) for value in values))
    return values[0][: next(ends, 0)] if values else ""


class _Completer(ShellComplete):
    """Reads the line as it was typed from _CHUHAI_LINE and answers a value a line: its type, a tab, the value."""

    single = ""
    typed = Word("")
    common = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        found = words(os.environ.get("_CHUHAI_LINE", ""), self.single)
        while len(found) > 1 and re.match(r"\w+=", found[0].text):
            found.pop(0)
        self.typed = found[-1]
        return [word.text for word in found[1:-1]], self.typed.text

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[str]]:
        found = super().get_completions(args, incomplete)
        self.common = _common([item.value for item in found if item.type in ("plain", "part")])
        option, equals, _ = incomplete.partition("=")
        if equals and option.startswith("-"):
            for item in found:
                item.value = f"{option}={item.value}"
        return found

    def alike(self, value: str) -> str:
        """The value, its beginning in the case of the first one: a shell inserts what all have in common."""
        return self.common + value[len(self.common) :] if _starts(value, self.common) else value


class Bash(_Completer):
    """bash replaces only what follows the last of its word breaks, `=` and `:` among them."""

    name = "bash"
    source_template = _BASH

    def format_completion(self, item: CompletionItem[str]) -> str:
        line, word = os.environ.get("_CHUHAI_LINE", ""), os.environ.get("_CHUHAI_WORD", "")
        head = words(line.removesuffix(word))[-1].text
        if not _starts(item.value, head):
            return ""
        if os.environ.get("_CHUHAI_LISTING") == "63":  # it shows the values and inserts none
            return f"{item.type}\t{item.value}"
        return f"{item.type}\t{quoted(self.alike(item.value)[len(head) :], self.typed.quote)}"


class Zsh(_Completer):
    """zsh quotes what it inserts, and shows a description."""

    name = "zsh"
    source_template = _ZSH

    def format_completion(self, item: CompletionItem[str]) -> str:
        shown = f"{item.value}  -- {item.help}" if item.help else item.value
        return f"{item.type}\t{self.alike(item.value)}\t{shown}"


class Fish(_Completer):
    """fish quotes what it inserts, shows a description, and keeps only values like what was typed."""

    name = "fish"
    source_template = _FISH
    single = "'\\"

    def format_completion(self, item: CompletionItem[str]) -> str:
        return f"{item.type}\t{item.value}" + (f"\t{item.help}" if item.help else "")


SHELLS: dict[str, type[ShellComplete]] = {shell.name: shell for shell in (Bash, Zsh, Fish)}
"""The shells by name."""


def register() -> None:
    """Make click complete by these classes."""
    for shell in SHELLS.values():
        add_completion_class(shell)


def items(what: str, given: Mapping[str, Any], begun: str) -> list[CompletionItem[str]]:
    """What `completion.offers` offers, for click."""
    from graph import completion

    return [CompletionItem(o.text, o.type, o.help) for o in completion.offers(what, given, begun)]


def script(shell: str) -> str:
    """The script that a shell loads to complete `chuhai`."""
    return SHELLS[shell].source_template % {
        "complete_func": "_chuhai_completion", "complete_var": "_CHUHAI_COMPLETE", "prog_name": "chuhai"
    }  # fmt: skip
