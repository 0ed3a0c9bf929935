"""Bill of materials: everything that a wheel of ours brings or asks for, with licences and digests, as CycloneDX JSON.

https://cyclonedx.org/docs/1.6/json/. The same wheel and locks give the same bytes.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from email.message import Message

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType, Pedigree
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools.fonts import FAMILIES
from tests.tools.locks import Pin

OPEN_FONT = "OFL-1.1"
_CLASSIFIER = "License :: OSI Approved :: "


def write_bill(ours: Message, pins: Iterable[Pin], metadata: Mapping[str, Message], moment: dt.datetime) -> str:
    """Return the bill for the wheel that says *ours* of itself and the libraries that are locked for it.

    A library's digests are those of all files that the lock lets pip install, one for each platform.
    *metadata* knows each library by its name in the lock; raises KeyError for one that it does not know.
    """
    program = _component(ours["Name"], ours["Version"], ours, ComponentType.APPLICATION)
    libraries = [_component(pin.name, pin.version, metadata[pin.name], digests=pin.digests) for pin in pins]
    fonts = [_font(family.package) for family in FAMILIES]
    bill = Bom(components=[*libraries, *fonts])
    bill.metadata.component = program
    bill.metadata.timestamp = moment
    by_name = {library.name: library for library in libraries}
    bill.register_dependency(program, [*_asked_for(ours, by_name), *fonts])
    for library in libraries:
        bill.register_dependency(library, _asked_for(metadata[library.name], by_name))
    bill.serial_number = uuid.UUID(int=0)
    # The number names the content, so that the same content has the same number.
    bill.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, JsonV1Dot6(bill).output_as_string())
    text = JsonV1Dot6(bill).output_as_string(indent=2) + "\n"
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert fault is None, fault
    return text


def _component(
    name: str,
    version: str,
    says: Message,
    kind: ComponentType = ComponentType.LIBRARY,
    *,
    digests: Iterable[str] = (),
) -> Component:
    address = PackageURL("pypi", name=name, version=version)
    return Component(
        type=kind,
        name=name,
        version=version,
        purl=address,
        bom_ref=str(address),
        description=" ".join(says.get_all("Summary") or []) or None,
        licenses=_licences(says),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in digests],
    )


def _font(package: str) -> Component:
    scope, _, rest = package.partition("/")
    name, _, version = rest.partition("@")
    address = PackageURL("npm", namespace=scope, name=name, version=version)
    return Component(
        type=ComponentType.DATA,
        group=scope,
        name=name,
        version=version,
        purl=address,
        bom_ref=str(address),
        licenses=[LicenseFactory().make_with_id(OPEN_FONT)],
        pedigree=Pedigree(notes="Cut down to the scripts that one-pagers are set in"),
    )


def _licences(says: Message) -> list[License]:
    """Return the licence as an SPDX expression where the wheel has one, else each that it names in an older way."""
    make = LicenseFactory()
    for expression in says.get_all("License-Expression") or []:
        return [make.make_from_string(expression)]
    named = [
        line.removeprefix(_CLASSIFIER) for line in says.get_all("Classifier") or [] if line.startswith(_CLASSIFIER)
    ]
    named = named or says.get_all("License") or []
    assert named, "a library says nothing of its licence"
    return [make.make_with_name(name) for name in named]


def _asked_for(says: Message, by_name: Mapping[str, Component]) -> list[Component]:
    """Return the libraries that a wheel asks for, on whatever platform, and that are locked; extras are not."""
    wanted = [Requirement(line) for line in says.get_all("Requires-Dist") or []]
    names = sorted({canonicalize_name(wish.name) for wish in wanted if "extra" not in str(wish.marker)})
    return [by_name[name] for name in names if name in by_name]
