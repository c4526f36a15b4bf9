"""Invented articles, and a comparison of them."""

from __future__ import annotations

from audit.compare import compare, sketch
from audit.parse import parse
from audit.records import Article, Comparison

STRIKE = """Tram drivers in Oskendal walked out at dawn on Monday after talks over night shifts collapsed. The union of
transport workers said that 1,240 drivers had joined the strike and that no tram had left the northern depot. Mayor
Hedda Brunsvik asked both sides to return to the table and offered a mediator from the district court. The operator
Norlinjen runs 86 trams on nine lines and carries about 140,000 passengers on a working day. Schools opened an hour
late because many teachers could not reach the city. The last strike of this length was in the winter of 2009."""

STRIKE_ELSEWHERE = """Commuters in Oskendal had to walk on Monday as tram crews stayed at home. Norlinjen counted 980
drivers on strike, fewer than the transport union claims. A mediator could be called in, Mayor Hedda Brunsvik told a
local radio station. Around 140,000 people use the trams of Norlinjen on working days. Taxi fares doubled before
breakfast, and the ferry across the bay was full by seven."""

ORCHARD = """A late frost has destroyed most of the apple blossom in the Vellin valley. Growers lit paraffin candles
between the rows on Thursday night, yet temperatures sank to minus six degrees. The cooperative of Vellin expects a
harvest of 3,000 tonnes, a quarter of last year's. Insurance covers hail but not frost, and its chairman Tomas Erlund
called for help from the agriculture ministry. Bee keepers reported that whole colonies had frozen."""

SPUN = """Tram operators in Oskendal strolled out at daybreak on Monday after talks over night shifts crumpled. The
union of transport labourers said that 1,240 operators had joined the strike and that no tram had left the northern
depot. Mayor Hedda Brunsvik requested both sides to return to the table and proposed a mediator from the district
court. The operator Norlinjen runs 86 trams on nine lines and carries about 140,000 travellers on a working day.
Schools unlocked an hour late because many instructors could not reach the town."""


STRIKE, STRIKE_ELSEWHERE, ORCHARD, SPUN = (
    text.replace("\n", " ") for text in (STRIKE, STRIKE_ELSEWHERE, ORCHARD, SPUN)
)


def article(
    name: str, text: str, source: str = "", day: str | None = "2023-03-06", credit: str | None = None
) -> Article:
    """An article of its own source unless one is given."""
    return Article(id=name, source=source or name, text=text, title=None, published=day, credit=credit)


def compared(articles: list[Article], owners: dict[str, str] | None = None) -> Comparison:
    """The comparison of some articles."""
    texts = {one.id: one.text for one in articles}
    return compare(sketch(parse(articles), {}), texts.__getitem__, None, owners or {})
