"""What is said of the evidence that the model of machine-made text gives, beside the rules of its word list."""

from __future__ import annotations

from audit.extract.base import Told

TOLD = (
    Told(
        "odd-word", "Odd word",
        what="A word that native texts seldom put beside these neighbours; where a usual word of its meaning fits "
        "far better, that one is given. The words that moved the model most are shown.",
        why="Rewriting tools swap words one by one, and a synonym that fits the dictionary often does not fit its "
        "place.",
        limits="Single odd words stand in every text: only texts that the model takes for machine-made show them. "
        "What is usual was counted in news; other subjects have other neighbours.",
    ),
    Told(
        "phrasing", "Phrasing of a machine",
        what="A run of words put together as machine translations often are, and translations by people seldom. "
        "The runs that moved the model most are shown.",
        why="Engines keep the order and the prepositions of the language they come from.",
        limits="It is the model's view of a few words out of a whole text and proves nothing alone. Literal "
        "translators, and people who write English as a second language, put words together in the same way.",
    ),
    Told(
        "rewritten-copy", "Rewritten copy",
        what="A word that stands where an earlier text of the same run has another, in a sentence that is otherwise "
        "the same, and that fits its place worse. Given where the swapped words of a whole copy add up to more than "
        "even odds.",
        why="Rewriting tools swap single words so that copies are not found; an editor's word fits as well as the one "
        "that it replaced. Both words side by side are the strongest evidence that there is.",
        limits="Needs the original among the articles. Of 100 copies that a thesaurus rewrote 95 were found, and 2 of "
        "100 pairs of translations of one foreign text were taken for such copies; of edited copies and of copies "
        "between real outlets none. Which text was first is known by date or credit, else guessed from the words.",
    ),
)
