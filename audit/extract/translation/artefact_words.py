"""Closed lists of words that the artefact rules ask about."""

from __future__ import annotations

CAPITALISED = frozenset(
    "He She They It We His Her Their This That These Those But And Or However Also Because Which Who When While "
    "Before After During Since With From Into Than Then There Was Were Is Are Has Have Had Would".split()
)
"""Function words that carry no capital inside an English sentence. Articles and short prepositions open titles of
works too often to be listed."""

UNFINISHED = frozenset(
    "the a an of to in for with by at from into and or than as that if because until while where when which who whose "
    "was were is are be been being has have had will would can could should must may might its their his her our my "
    "very so more most not like about under over between against during without within".split()
)
"""Words that end no sentence, nor a headline or a caption that runs into the next one."""

PERSON = frozenset(
    "president leader minister spokesman spokeswoman spokesperson mayor governor senator chairman director coach "
    "player author lawyer judge officer general king pope prosecutor ambassador deputy professor expert doctor "
    "teacher driver baker sailor member members official officials journalist reporter singer actor actress "
    "politician businessman scientist researcher soldier farmer worker pilot captain chief secretary".split()
)
"""Nouns for people: with a pronoun right after them, a sentence was put together twice."""

PRONOUNS = frozenset(("He", "She", "They", "It"))
REVERENT = frozenset(("He", "His", "Him"))
"""Religious texts write these with a capital wherever they stand."""

CLIPPED = frozenset(("re", "ve", "ll", "s", "t", "d", "m"))
"""What follows an apostrophe; after a double quotation mark it says that the mark is a mistyped apostrophe."""

BORROWED = frozenset(
    "café cafés fiancé fiancée fiancés fiancées naïve naïveté façade façades cliché clichés clichéd résumé "
    "résumés protégé protégés protégée touché passé exposé exposés soirée soirées décor communiqué communiqués "
    "attaché attachés émigré émigrés crème brûlée sauté sautéed purée puréed pâté soufflé entrée entrées née déjà "
    "rôle élite élites régime coup détente entrepôt jalapeño jalapeños piñata piñatas mañana señor señora "
    "doppelgänger über smörgåsbord coördinate coördinated coördination coöperate coöperation reëlection reëlected "
    "preëminent naïvely blasé risqué outré roué cortège mêlée raison matinée crêpe crêpes vis-à-vis première "
    "premières début débuts débutante appliqué consommé macramé lamé olé voilà papier-mâché château châteaux bête "
    "noire tête-à-tête açaí maté saké animé pokémon ångström façonné garçon maître sommelier trompe naïf naiveté "
    "tromp l’oeil œuvre hors d’œuvre manœuvre fœtus encyclopædia æsthetic archæology mediæval blessèd learnèd "
    "belovèd zoë noël canapé canapés fête fêtes fêted glacé habitué dégagé démarche dénouement ingénue séance "
    "séances tranché vérité étude études suprême tiède málaga jäger glühwein führer gemütlich schadenfreude "
    "weltanschauung übermensch pièce pièces résistance".split()
)
"""Words that English took over with their accents; a table of news counts would miss most."""

FOREIGN = frozenset(
    "según también además después años hacia ayer gobierno ciudad und nicht auch wird wurde wurden für durch "
    "gegen zwischen jedoch einen einem einer werden selon aussi leurs ainsi della delle degli nelle perché stato "
    "stata questa også ikke efter þetta við það hefur voru eða się przez została který také jeho".split()
)
"""Frequent words of other languages that are no English word, no part of well-known names, and seldom quoted."""

LATIN = frozenset("abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿāăąćčďđēęěğīįłńňőœřśşšťūůűųźżžșț")

COUNTED = frozenset(
    "people euros euro dollars roubles rubles yuan yen pounds crowns krona kroner kronor zlotys francs rand "
    "metres meters kilometres kilometers km kilos kg tons tonnes hectares inhabitants residents employees workers "
    "soldiers students votes jobs companies households degrees hours".split()
)
"""What follows a number that counts something, so that 12.000 before it is no decimal."""

LARGE = frozenset(
    "million millions billion billions trillion percent %".split()
)
"""What follows a decimal: 1,5 before it has a comma where English has a point."""
