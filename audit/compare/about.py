"""What comparing finds, why it matters and where it errs: the words of `audit explain agreement` and of the pages."""

from __future__ import annotations

from audit.extract.base import Told

ABOUT = {
    "name": "agreement",
    "title": "Agreement with other sources",
    "what": "Articles on one event are put together as a story, and texts made from one another count as one voice. "
    "Then every claim that can be checked (figures with what they count, dates, names with roles, quotations) "
    "is held against those of independent texts: told there too, told otherwise, or not told; what several "
    "others tell and the article leaves out; how much of its text was taken.",
    "why": "Three reprints of one text are not three sources. A claim that was told twice independently is firmer "
    "ground than one that stands alone, and a disputed one deserves a look at both texts.",
    "limits": "That others tell a claim too does not make it true, and it is never said who is right. A claim told in "
    "quite other words counts as told by nobody else. Two figures that differ may count different things, or "
    "the same thing at different times; they are marked as updated only where dates are known. A copy that "
    "nobody credits and that was rewritten heavily passes as independent, and so do two texts that rest on "
    "one report which neither names.",
}

FRAMING = {
    "name": "framing",
    "title": "Words for the same thing",
    "what": "In a story that several sources tell, the words by which each names the same person or body, the verbs "
    "that introduce the same speaker's words, the nouns for the same number of people, and words for one kind of thing "
    "such as \"government\" and \"regime\". Counted in the outlet's own voice, quotations apart; a text that repeats "
    "another counts with its origin only. Each word has its log odds ratio against the other sources with an "
    "informative Dirichlet prior from news (Monroe, Colaresi and Quinn 2008) and a 95 % interval.",
    "why": "Two texts can tell the same facts and call one man a leader and a strongman. Side by side the reader sees "
    "which word was chosen, and which others were at hand.",
    "limits": "Names are aligned by surname, so a person who is only called \"he\" or \"the leader\" is missed. Words "
    "for one kind of thing come from a short list, and two texts may mean two things by them. Most words are used once "
    "or twice, which the wide intervals show; they are of one word alone, not corrected for the number of words. On "
    "2,676 real articles in stories, with the outlets of each story exchanged at random, 13 of 1,000 intervals left "
    "out 0; with the true outlets 17 did. Of 135 words found in news and read by hand, 124 were right.",
}

BALANCE = {
    "name": "balance",
    "title": "Balance of voices",
    "what": "For whom the speakers of attributed statements stand: officials, opposition, parties, experts, companies, "
    "unions and other bodies, citizens, anonymous speakers, documents, others; and parties where the text names one "
    "(\"Democrat\", \"(R-Tex.)\", \"of the Greens\"). A source is held against the other sources of the same stories, "
    "each text once, with an interval from resampling its articles.",
    "why": "Who may speak decides what a reader hears. Two outlets can be exact in every statement and let quite "
    "different people make them.",
    "limits": "Only words of the article itself count: nobody is looked up, so a well-known name without an office is "
    "counted as one of whom the text does not say who it is. An opposition politician with an office is opposition; a "
    "former office counts like one that is held. Of 63 statements in news labelled by hand, 53 got the label's group; "
    "all 8 parties among them were found, and one where there was none. Equal shares are no aim: the measure says who "
    "spoke, not who should.",
}

ABOUTS = (ABOUT, FRAMING, BALANCE)
"""Everything that comparing finds, in the order in which it is explained."""

TOLD: dict[str, tuple[Told, ...]] = {"agreement": (
    Told(
        "confirmed", "Confirmed",
        what="A claim that an independent text of the same story tells too: the same figure for the same thing, "
        "the same date, name and role, or words of a quotation.",
        why="Two who did not copy from each other seldom make the same mistake.",
        limits="Both may rest on one report that neither names. That two tell it does not make it true.",
    ),
    Told(
        "disputed", "Told otherwise",
        what="A claim that an independent text of the same story tells with another value, for the same thing at "
        "the same time.",
        why="At least one of the two is wrong, imprecise or counts something else: both texts are worth a look.",
        limits="It is never said which. The rule is narrow on purpose, and many real disputes are missed.",
    ),
    Told(
        "updated", "Told at another time",
        what="A figure that another text of the same story gives with another value on another day, as tolls do "
        "that rise.",
        why="A count that grows is no contradiction, and an old one may still be spread.",
        limits="Known only where both dates are; otherwise the two count as told otherwise, or are not compared.",
    ),
    Told(
        "alone", "Told by nobody else",
        what="A claim that can be checked and that no independent text of the same story tells.",
        why="It may be the outlet's own find or its own mistake: there is nobody else to ask.",
        limits="The same claim in quite other words is not recognised. With few sources nearly all claims stand alone.",
    ),
    Told(
        "copied", "Text that stands elsewhere too",
        what="A passage that another source's text of the same story has word for word, or nearly so.",
        why="Text that was taken over confirms nothing: it is the same voice once more.",
        limits="Who took it from whom is known only by dates and credits. Official statements are copied by "
        "everyone.",
    ),
)}
"""Rules of the evidence that comparing gives, by what is compared."""
