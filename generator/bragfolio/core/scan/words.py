"""Words: texts as runs of words, which is how a leak is recognised whatever marks stand between them."""

from __future__ import annotations

import re
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_ASCII_FOLDED: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else 32 for code in range(256)
)

Words = tuple[str, ...]
BETWEEN: Final = " \x1f zqzq "
"""A word that nobody writes: between texts, so that no phrase runs from one into the next."""


def words_of(text: str) -> list[str]:
    """Return the words of *text*, case-folded."""
    if text.isascii():  # three times as fast as the pattern, which says the same of ASCII
        return text.encode().translate(_ASCII_FOLDED).decode().split()
    return _WORD.findall(text.casefold())


MONTHS: Final = frozenset(
    words_of(
        """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec
    """
    )
)

COMMON: Final = frozenset(
    words_of(
        """
    about above accept account achievement achievements across action actions active add address advice after
    again agree aim all allow also alt amount and annual answer any apply april area art article as ask at
    audience august author autumn award awards away back band bar base be bell best better big bill blog blue
    board body book books both box brand break brief bring bug build building business but button by call camp
    campaign campaigns can care career carol case cash cast cat center central certificate certificates chain
    change changes charity chart chase check child christian city claim class classic clay clear click client
    close cloud club coach coast code cole college color come common community company contact content contract
    control cook copy core cost count course cover craft create credential credentials credit crystal culture
    current customer customers daily dark data date dawn day days december deep default delivery demo department
    design detail developer development device digital direct document dot down draft draw drew drive drop due
    early earth east easy edit education effect employer end energy engineer english enter entry error event
    events every evidence example experience export extra eye face fact faith fall family far fast feature
    february feed feedback felt field file film final finance find finn first fit five fix fixed flora florence
    focus food foot for form forest format forward found four frank free french friday friend from front full
    fund future game garden gave gene general german get gift give glass go goal goals gold good grace grant
    graph gray great green grey ground group grow guide half hand hard have head header health heart heather
    help her here high hill hire history hold holly home hope host hour hours house how human hunt hunter icon
    idea image impact important improve improved in index industry info input inside institute interest
    interests internal international into iris is issue it item ivy jack january jean job jobs john join joy
    july june just keep key kind king knowledge lab lady land lane language languages large last late lately
    launch launched law lead leader leadership learn learned learning led level library life light like line
    link links list live local location logic long look love low machine mail main make man manage management
    manager many map march mark market mason master match matter max may mean media medium meet member
    membership memberships memory mentor mentored menu merit message metric metrics might miles milestone minute
    minutes miss mobile model modern monday money month months more most move much museum music my name nature
    network new newest news next nick night no none norm north not note notes notice november now number numbers
    object october of off office official old olive on one online only open operations option or order
    organisation origin other our out over overview own owner page pages paper park part partner patent patents
    path patient patients pat pay peace pearl people performance person personal phase phone photo picture
    pierce pilot place plan planning platform play point points policy pool port portfolio position post posting
    power practice present press price prime print private process product profile profiles program progress
    project projects promotion proof proofs prose public publication publications publish pupil quality question
    quick quote rate ray read reader record red refer reference related release remote report repository request
    research resource response result results resume retail review rich right risk river rob robin role roles
    room rose round ruby rule run safe safety sale sales same sandy saturday save saved say school science scope
    score sea search second secret section security see select self send senior september service set seven
    shipped shop short show side sign simple single site situation six size skill skills sky small smart social
    software sold some source south space speak special spoke spot spring staff stage standard star stars start
    state status step steps sterling stone stop storm story strategy strength strong student students study
    style subject success summary summer sun sunday sunny supply support survey switch system table tag tags
    take talk target task taught teach team teams tech ten term terms test text than that the theme then there
    this thursday time timeline title to today together tool top total town track trade train training transfer
    travel tree trip true trust tuesday turn two type union unit update updated up url use user users value van
    video view viola violet visit voice volunteer walk wall want ward warren water way web wednesday week weeks
    west what when where white who why will win window winter with wood word words work worker works world write
    year years yes you young your zero zone
    """
    )
)
"""Words that say nothing alone: those of pages themselves, and ordinary ones that are names, too."""
