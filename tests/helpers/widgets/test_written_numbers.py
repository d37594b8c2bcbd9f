"""Are numbers in words written as people write them?"""

import pytest

from helpers.widgets.written_numbers import percent, with_power


@pytest.mark.parametrize(("said", "wanted"), [("5e-06", "5·10⁻⁶"), ("-1.2e+17", "-1.2·10¹⁷"), ("0.25", "0.25")])
def test_powers_of_ten(said: str, wanted: str) -> None:
    assert with_power(said) == wanted


def test_a_share_and_its_sign_stay_on_one_line() -> None:
    assert percent(0.9318, 1) == "93.2\N{NO-BREAK SPACE}%"
    assert percent(0.5) == "50\N{NO-BREAK SPACE}%"
