"""Numbers as people write them, in the words beside a picture."""

SUPERSCRIPTS = str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·")


def percent(share: float, decimals: int = 0) -> str:
    """0.932 as "93 %"; the blank is one at which no line is broken."""
    return f"{share:.{decimals}%}".replace("%", "\u00a0%")


def with_power(said: str) -> str:
    """ "5e-06" as "5·10⁻⁶"; what has no exponent stays."""
    digits, _, power = said.partition("e")
    return f"{digits}·10{str(int(power)).translate(SUPERSCRIPTS)}" if power else said
