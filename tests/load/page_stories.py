"""Four invented stories for the saved-page fixtures. Nothing in them happened; no sentence is anybody else's."""

# ruff: noqa: E501 - markup and prose

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What a page should give back: the paragraphs in order, and what stands around them."""

    title: str
    author: str
    date: str  # ISO
    long_date: str
    section: str
    standfirst: str
    paragraphs: tuple[str, ...]
    subheads: tuple[str, str]
    caption: str
    related: tuple[str, ...]


STORIES = (
    Story(
        "Ferry line to Aldmoor Island to close in autumn",
        "Petra Holloway",
        "2021-08-17",
        "August 17, 2021",
        "Regional",
        "The operator blames falling numbers, and islanders say nobody asked them.",
        (
            "The ferry that has linked the mainland with Aldmoor Island for ninety years will make its last crossing on "
            "October 31, the operator said on Tuesday, blaming a fall in passengers and the price of diesel.",
            "About 1,400 people live on the island, and most of them use the boat at least once a week. The next bridge "
            "is 60 kilometres to the north.",
            "“We looked at every way of keeping the service, and there was none that our bank would pay for,” said "
            "Henrik Dale, who runs the company that his grandfather founded.",
            "The islanders’ council was told of the decision in a letter that arrived on Monday morning. Its chairwoman, "
            "Oona Marsh, called it a slap in the face and asked the county to step in.",
            "A county spokesman said that officials would meet the operator next week, but that there was no money in "
            "this year’s budget for a subsidy of the size that had been mentioned.",
            "The line lost 2.3 million crowns last year, according to its accounts, after losing 1.1 million the year "
            "before. The number of passengers fell by a fifth over the same time.",
            "Some islanders blame the timetable. “They took away the morning boat, then they wondered why nobody went to "
            "work with them any more,” said Tomas Brill, a carpenter who moved his workshop to the mainland in spring.",
            "The school on the island has 41 pupils. Older ones cross every day, and the head teacher said she had not "
            "been told how they would get to their classes in November.",
            "A petition against the closure had gathered more than 900 names by Tuesday evening. Mrs Marsh said that it "
            "would be handed over at the meeting with the county.",
        ),
        ("A letter on Monday", "No morning boat"),
        "The ferry Gudrun leaves Aldmoor harbour on a quiet morning.",
        (
            "Harbour fees to rise again",
            "New lighthouse keeper named after long search",
            "Five walks on the north coast",
        ),
    ),
    Story(
        "City court clears three engineers over collapsed roof",
        "Samuel Okoro-Lind",
        "2020-11-05",
        "November 5, 2020",
        "Courts",
        "Judges find that the warning never reached the people on trial.",
        (
            "Three engineers who were charged over the collapse of a swimming hall in Westbrook walked free on Thursday "
            "after a court found that they had not known of the cracks in its roof.",
            "Eleven people were hurt when a third of the roof came down in February 2018, two hours after the last "
            "swimmers had gone home. Cleaners were still at work inside.",
            "Reading the verdict, Judge Amalia Ferro said that the warning of an inspector had been put in a file and "
            "forgotten. “It is a story of drawers, and not of crime,” she said.",
            "Prosecutors had asked for prison terms of between two and four years. They have two weeks to appeal and "
            "said that they would read the reasons first.",
            "The defence had argued that the city alone was to blame, since it had owned the hall for thirty years and "
            "had put off repairs four times to save money.",
            "A city official who gave evidence in September said that the sums had been small and that nobody had "
            "understood the risk. He has since retired.",
            "Outside the court, Lena Voss, a cleaner who lost the use of one hand, said she was disappointed but not "
            "angry with the engineers. “The ones who should have sat there were not there,” she said.",
            "The hall was torn down in 2019. A new one is to open in 2023, and the city has said that its roof will be "
            "inspected twice a year.",
        ),
        ("A file in a drawer", "Who should have known"),
        "The swimming hall in Westbrook after its roof fell in.",
        (
            "Mayor defends record on public buildings",
            "What inspectors look for in old roofs",
            "Court delays grow longer",
        ),
    ),
    Story(
        "Scientists count fewer swifts for the fifth year running",
        "Maren Ashdown",
        "2022-06-09",
        "June 9, 2022",
        "Science",
        "Renovated houses leave no gaps to nest in, a survey of forty towns suggests.",
        (
            "The number of swifts that nest in the towns of the Lower Valley has fallen for the fifth year in a row, "
            "according to a survey by volunteers that was published on Thursday.",
            "Counters found 3,120 nests in forty towns, down from 3,480 last year and almost 5,000 when the survey began "
            "in 2009.",
            "The birds spend nearly all their lives in the air and come back to the same gap under the same roof each "
            "May. When the gap has been filled, they may not breed at all that year.",
            "“Every well-meant renovation closes a door on them,” said Dr Ilse Tanner, who leads the survey at the "
            "university’s institute for birds. She suggests that builders hang boxes under the eaves.",
            "Two towns have made such boxes a condition of building permits since 2019. There the number of nests has "
            "stayed the same, though the survey’s authors warn that two towns prove little.",
            "Other causes may play a part. Insects have become rarer, and cold weeks in May of this year are thought to "
            "have killed many young birds.",
            "The builders’ association said that it welcomed the idea of boxes as long as they stayed voluntary. A box "
            "costs about 40 crowns, and most of that is the ladder.",
            "The next count begins in May, and the institute is looking for volunteers in eleven towns where nobody has "
            "ever looked.",
        ),
        ("A gap under the roof", "Forty crowns a box"),
        "A swift leaves its nest under the eaves of a town house.",
        ("How to hang a nest box", "Rare orchid found beside motorway", "Why the cuckoo comes earlier"),
    ),
    Story(
        "Chocolate maker recalls 80,000 bars after allergy alert",
        "Joris van den Akker",
        "2019-03-22",
        "March 22, 2019",
        "Business",
        "Nuts that are not on the label were found in a single batch.",
        (
            "The chocolate maker Lindqvist & Sons is calling back 80,000 bars of dark chocolate because they may hold "
            "traces of hazelnut that the label does not mention.",
            "The company said on Friday that a customer in the town of Ostby had fallen ill after eating one of the "
            "bars. He spent a night in hospital and is well again.",
            "The recall concerns bars of 100 grams with a best-before date in January 2020. They were sold in six "
            "supermarket chains and on the company’s own website.",
            "“We are sorry, and we would rather take back a hundred bars too many than one too few,” said the managing "
            "director, Ines Calder.",
            "The food agency said that it had been told within a day of the first complaint, as the law demands. It has "
            "opened an inquiry into how the nuts got into the line.",
            "An early look pointed to a pump that had been moved from one hall to another over the winter, according to "
            "a person who has seen the report but may not speak about it.",
            "Shares in the company, which is listed in the capital, closed 4.2 percent lower. Analysts at Harbour Bank "
            "put the cost of the recall at no more than half a million.",
            "Customers can hand the bars back in any shop and get 2.50 crowns for each, without a receipt.",
        ),
        ("A night in hospital", "A pump that was moved"),
        "Bars of dark chocolate on a conveyor belt at the works in Ostby.",
        ("Cocoa prices at a six-year high", "Supermarkets agree on new labels", "Hazelnut harvest fails in the south"),
    ),
)
