"""Web archives that tests write themselves."""

import gzip

PAGE = """<!doctype html><html lang="en"><head><title>{title} | Example Wire</title>
<meta property="article:published_time" content="{day}"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>{title}</h1>
<p>Norway's prime minister, Ana Lind, visited country {number} on Monday for talks on fishing
rights. "We will not leave the treaty," she said after the meeting. Her host, Per Dahl, called the
visit useful and said that another round would follow in June.</p>
<p>Soldiers left the border town of Halden on Tuesday, the army said. The opposition had demanded
the withdrawal for months, and its leader welcomed the decision in a short statement.</p>
</article><footer>Example Wire</footer></body></html>"""

FRENCH = """<!doctype html><html lang="fr"><head><title>Un accord | Example Wire</title></head><body><article>
<h1>Un accord</h1><p>Le premier ministre a annoncé mardi que le gouvernement avait trouvé un accord avec
les syndicats sur les salaires. La grève des chemins de fer, qui durait depuis deux semaines, est donc
terminée, selon le ministère. Les trains circuleront de nouveau dès mercredi matin.</p></article></body></html>"""


def record(number, body, kind="text/html; charset=utf-8", status="200 OK", length=None):
    """A response record; ``length`` is what its head says of its length."""
    content = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://wire.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(content) if length is None else length}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def pages(name, count):
    """Records of English pages."""
    made = [PAGE.format(title=f"Talks in country {n}", day=f"2024-05-{n % 28 + 1:02}", number=n) for n in range(count)]
    return [record(f"{name}-{n}", page) for n, page in enumerate(made)]


def write(path, records):
    """An archive; where its name ends so, packed as archives are, record by record."""
    packed = path.suffix == ".gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in records))
    return path
