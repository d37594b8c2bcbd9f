"""Making what learners wrote harmless to look at: no scripts, no foreign addresses, whatever opens it."""

import re
from functools import lru_cache
from html import escape, unescape

import nbformat
import nh3
from nbconvert.filters import markdown2html

from grading.received import PICTURES, about_pictures

PLAIN = ("text/plain", "text/latex")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
RAW = re.compile(r"<[a-zA-Z/!?]")
ADDRESS = re.compile(r"""(href|src)\s*=\s*["']?([^"'>]*)""", re.IGNORECASE)
UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e]")  # what browsers leave out of addresses
# MathJax makes links of formulas, and elements with attributes of one's own.
MATH = re.compile(r"\\(href|url|cssId|class|style|require|unicode|includegraphics|data|toggle|mmlToken)\b")
LONGEST = 100_000  # characters of Markdown that are rendered; more takes minutes, and shows nothing
# Pictures may lie in the page itself, never elsewhere: loading one would tell its owner who reads.
SCHEMES = {"http", "https", "mailto"}
SHORT = 20_000  # characters; longer Markdown is not kept


def clean_html(html: str) -> str:
    """HTML with only harmless elements and attributes in it."""
    return nh3.clean(html, url_schemes=SCHEMES, attribute_filter=_attribute, strip_comments=True)


def rendered(source: str) -> str:
    """Markdown as HTML, cleaned; as plain text where it is too long or too deep for that."""
    html = _html(source)
    return f"<pre>{escape(source)}</pre>" if html is None else clean_html(html)


def clean_markdown(source: str) -> str:
    """Markdown that is harmless when rendered; left as it is where nothing in it could do harm."""
    return _clean_markdown(source) if len(source) < SHORT else _clean_markdown.__wrapped__(source)


@lru_cache(maxsize=256)  # most Markdown of a class is the instructor's, the same in every notebook
def _clean_markdown(source: str) -> str:
    source = clean_math(source)
    html = _html(source)
    if html is None:
        return f"<pre>{escape(source)}</pre>".replace("\n\n", "\n<!-- -->\n")
    if not RAW.search(source) and all(_harmless(*found) for found in ADDRESS.findall(html)):
        return source
    # Cleaned HTML is Markdown too, as long as no empty line ends its block.
    return clean_html(html).replace("\n\n", "\n<!-- -->\n")


def _html(source: str) -> str | None:
    if len(source) > LONGEST:
        return None
    try:
        return markdown2html(source)
    except Exception:  # a parser that fails on it must not keep anybody from a grade or a page
        return None


def _harmless(attribute: str, address: str) -> bool:
    plain = UNSEEN.sub("", unescape(address)).lower()
    scheme = plain.partition(":")[0] if ":" in plain.partition("/")[0] else ""
    return attribute.lower() == "href" and (not scheme or scheme in SCHEMES)


def clean_math(text: str) -> str:
    """Text whose formulas hold no links and no markup."""
    return MATH.sub(r"\\text{\1}", text)


def clean_output(output: nbformat.NotebookNode) -> nbformat.NotebookNode | None:
    """An output without anything that could run; None where nothing is left."""
    if output.output_type not in ("display_data", "execute_result"):
        return output
    data = {kind: clean for kind, value in output.data.items() if (clean := _data(kind, value)) is not None}
    if not data:
        return None
    about = about_pictures(output.metadata)
    output.data, output.metadata = nbformat.from_dict(data), nbformat.from_dict(about)
    return output


def clean_notebook(notebook: nbformat.NotebookNode) -> None:
    """Do it to all outputs and to all Markdown, in place."""
    for cell in notebook.cells:
        cell.pop("attachments", None)
        if cell.cell_type == "code":
            cell.outputs = [clean for output in cell.outputs if (clean := clean_output(output)) is not None]
        elif cell.cell_type == "markdown":
            cell.source = clean_markdown(cell.source)
        elif RAW.search(cell.source):  # raw cells are written into a page as they are
            cell.source = clean_html(cell.source)


def _data(kind: str, value: object) -> str | None:
    text = "".join(map(str, value)) if isinstance(value, list) else str(value)
    if kind in PLAIN:
        return clean_math(text) if kind == "text/latex" else text
    if kind in PICTURES:
        return text if BASE64.fullmatch(text) else None
    if kind == "text/html":
        return clean_html(text)
    return clean_markdown(text) if kind == "text/markdown" else None


def _attribute(element: str, attribute: str, value: str) -> str | None:
    if element == "img" and attribute == "src":
        return None
    return value
