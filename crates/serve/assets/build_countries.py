"""Makes countries.tsv of Natural Earth's outlines.

They come in the npm package world-atlas (Natural Earth 1:110m, public domain),
as TopoJSON: `npm pack world-atlas`, unpack, and

    python3 build_countries.py package/countries-110m.json > countries.tsv

Arcs of one country only are coasts, arcs of two are borders; land is drawn of
whole rings. Points are in tenths of a degree, longitude and latitude, parted by
spaces; neighbours that fall together are written once. What lies wholly south of 58° S is
left out.
"""

import json
import sys


def main(path):
    world = json.load(open(path))
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * sx + tx) * 10), round((y * sy + ty) * 10)))
        arcs.append(points)

    def ring(numbers):
        points = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(arc if not points else arc[1:])
        return points

    def halves(points):
        """A ring over the antimeridian as two that end there; others as they are."""
        unwrapped, turn = [], 0
        for at, (x, y) in enumerate(points):
            if at and abs(x - points[at - 1][0]) > 1800:
                turn += 3600 if x < points[at - 1][0] else -3600
            unwrapped.append((x + turn, y))
        if all(-1800 <= x <= 1800 for x, _ in unwrapped):
            return [unwrapped]
        return [[(max(-1800, min(1800, x + turn)), y) for x, y in unwrapped] for turn in (0, 3600, -3600)]

    uses, rings = {}, []
    for country in world["objects"]["countries"]["geometries"]:
        if country["type"] == "Polygon":
            polygons = [country["arcs"]]
        else:
            polygons = country["arcs"]
        for polygon in polygons:
            for numbers in polygon:
                for number in numbers:
                    number = number if number >= 0 else ~number
                    uses[number] = uses.get(number, 0) + 1
            rings.extend(half for half in halves(ring(polygon[0])) if max(y for _, y in half) > -580)
    print("# Outlines of the world's land and the borders on it, after Natural Earth 1:110m (public domain), made by")
    print("# build_countries.py. Points are longitude,latitude in tenths of a degree. Borders are as drawn there, de facto.")
    print("what\tpoints")
    for kind, lines in [
        ("land", rings),
        ("border", [arcs[number] for number, count in sorted(uses.items()) if count > 1]),
    ]:
        for points in lines:
            thin = [p for at, p in enumerate(points) if at == 0 or p != points[at - 1]]
            if len(thin) > (3 if kind == "land" else 1) and len({x for x, _ in thin}) > 1:
                print(kind + "\t" + " ".join(f"{x},{y}" for x, y in thin))


main(sys.argv[1])
