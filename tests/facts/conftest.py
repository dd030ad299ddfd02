"""An invented article that holds every trap of real ones, in every dress, and texts of any kind."""

import pytest
from hypothesis import strategies as st

from casebound.facts.text.articles import Article, read_article

NBSP, SOFT, ZERO = "\u00a0", "\u00ad", "\u200b"

DAIRY = """\
Dairy starts 'gentle return' of its churns after flood

Ada Quill

By Ada Quill


Published: 04/11/2031

- 16:48

Updated: 05/11/2031

- 07:02

The county's oldest creamery has turned two of its churns again

Fernbank Dairy (FD) says its yard is dry, a fortnight after the river came in.

The county’s oldest creamery called it a "gentle return" for its 300 people.


A spokeswoman said: "The pumps did their work all night.

"We have milk for every school, and we'll pay our farmers' bills as fast as we can."

Vans stood idle at 4.30am, and £1.9bn of cheese was said to be at risk.

A churn  and a Fernbank churn

The dairy stood still for over a week

|
RIVER PRESS

The cold store is open again, the firm said.

The mayor, Ms P. Lark, said it was" doing everything it must" to help Dr. Oke and others.

Fernbank gate

Fernbank has 300 people

|
FERNBANK

"It's a firm I know. It's a firm we all know," the mayor said."""

DRESSES = {
    "as it is": lambda text: text.encode(),
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Mac line ends": lambda text: text.replace("\n", "\r").encode(),
    "line separators": lambda text: text.replace("\n", "\u2028").encode(),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "non-breaking spaces": lambda text: text.replace(" ", NBSP).encode(),
    "blank lines that hold blanks": lambda text: text.replace("\n\n", f"\n{NBSP} \t{ZERO}\n").encode(),
    "blanks at the ends of lines": lambda text: text.replace("\n", f" {NBSP}\n\t{ZERO}").encode(),
    "blank lines before and after": lambda text: f"\n\n {ZERO}\n{text}\n\n\n".encode(),
    "soft hyphens": lambda text: text.replace("e", f"e{SOFT}").encode(),
    "zero-width blanks": lambda text: text.replace(" ", f"{ZERO} {ZERO}").encode(),
    "triple blank lines": lambda text: text.replace("\n\n", "\n\n\n\n").encode(),
}


@pytest.fixture(scope="session")
def dairy_text() -> str:
    """Return the invented article as it is."""
    return DAIRY


@pytest.fixture(params=DRESSES)
def raw(request) -> bytes:
    """Return the invented article's bytes in each dress in turn."""
    return DRESSES[request.param](DAIRY)


@pytest.fixture(scope="session")
def bare():
    """Return a function from words in any dress to the words alone."""
    return lambda text: " ".join(text.replace(SOFT, "").replace(ZERO, "").split())


@pytest.fixture
def seed_article(seed_project) -> Article:
    """Return the seed's article: its text is its publisher's and is not kept here, so only what counts is asserted."""
    return read_article((seed_project.articles / "seed.txt").read_bytes())


@pytest.fixture(scope="session")
def any_bytes():
    """Return a strategy for bytes: any, any text, and pieces of articles in any order."""
    pieces = [
        *("\n", "\n\n", "\r\n\r\n", "|", "By Bo Reed", "Bo Reed", "Published: ", "Updated ", "- 16:48"),
        *("25/09/2031", "31/02/2031", "It shut. ", 'He said "', "A caption", "PRESS", ZERO, NBSP, " "),
        *("16:48 +99:99", "0000", "1/1/0000", "1/1/9999 23:59 -14:00"),
    ]
    return st.binary() | st.text().map(str.encode) | st.lists(st.sampled_from(pieces)).map("".join).map(str.encode)
