"""The training pool: which sources, how often each is seen in an epoch, and how they are put into batches."""

import json
import random
import re
from collections import Counter

import numpy as np

from dataset import CORPUS_LABELS, DOUBTED_LABELS, articles, held_out, invented, labels_read, names_read, topics_read
from examples import UNKNOWN_TOPICS, Maker, Source, known_topics, shuffled
from settings import BUILD, ENTITY_KINDS, SEED
from split import fold_of, key, part, read
from text import prepare, sentences, words
from vocabulary import Pieces

TOKENS = 4096  # of one batch
KNOWN_TIMES, INVENTED_TIMES = 2, 2  # how often articles with topics or names read, Arabic ones that are hard, and invented ones are seen in an epoch
THIN = 60  # articles with exact topics, in its language, below which a topic's articles are seen once more
CHUNK = 4  # pairs of one language and topic that stay in one batch
RARE_TITLE_WORD = 0.012  # share of the titles of its language below which a word may name an event
FAMILY = re.compile(r"inc-[a-z]+-f\d+")  # of an invented event's group
SURE_CYBER, REFUSED = 1.0, (-6.0, -3.0)  # n-gram logits of mined articles taken as cyber, and as not
MINED_REFUSED = 500
BBC_SUMMARIES = 150
EASY = {"en_bbc_2004_full", "en_feed_items_general", "en_reuters21578_sample", "ar_negatives_topical", "en_agnews_short"}
SURE = {3: 1.0, 2: 0.8, 1: 0.4}  # weight of a label by how sure its reader was


def _read(source, label, weight):
    """Topics, and where given the title's names, as read for this project."""
    source.topics, source.topic_weight, source.part = known_topics(set(label["topics"])), weight, "read"
    if "titleEntities" in label:
        source.title_names = {prepare(name): ENTITY_KINDS[field] for field, names in label["titleEntities"].items() for name in names}


def _labelled(maker, parts, outside):
    found, read_topics, names = [], topics_read(), names_read()
    events = {row["id"]: key(row) for row in read("story_clusters_weak")}
    for pair in read("parallel_pairs"):
        for side in ("en", "ar"):
            events.setdefault(pair[side]["id"], "event:" + pair["event"])
    for row in articles():
        if row["part"] not in parts or row["label"] is None:
            continue
        if outside.near(row):
            continue
        if row["id"] in names:
            named = names[row["id"]]
            row = row | {"topics": set(named["topics"]), "entities": named["entities"], "read": named["read"]}
        easy = row["file"] in EASY and row["label"] == 0
        times = KNOWN_TIMES if row["topics"] or row["id"] in read_topics or row["lang"] == "ar" and not easy else 1
        source = maker.source(row, weight=0.5 if row["decided"] else 1.0, group=events.get(row["id"], row["id"]),
                              easy=easy, times=times, part=row["part"])
        if row["id"] in read_topics and not row["topics"]:
            _read(source, read_topics[row["id"]], 0.9)
        found.append(source)
    seen = {source.id for source in found}
    for row in read("story_clusters_weak"):
        if part(row) in parts and row["id"] not in seen:
            article = {"id": row["id"], "lang": row["lang"], "title": prepare(row["title"]), "text": row["text"], "label": 1}
            found.append(maker.source(article, group=events[row["id"]], part=part(row)))
            if row["id"] in read_topics:
                _read(found[-1], read_topics[row["id"]], 0.9)
    return found


def _summarised(parts):
    found, references = [], {}
    for row in read("ar_summaries_editor"):
        if part(row) in parts:
            cyber = {"cyber": 1.0, "not_cyber": 0.0}.get(row["label"], float("nan"))
            found.append(Source("sum-" + row["id"], "ar", prepare(row["title"]), sentences(row["text"]), cyber=cyber,
                                group=row["id"], references=[words(row["summary"])], part=part(row)))
    known = {row["id"] for row in read("ar_summaries_editor")}
    for name in ("ar_negatives_topical", "ar_hard_negatives_lexical", "ar_cyber"):
        for row in read(name):
            told_apart = row.get("summary") and row["summary"][:30] != row["text"][:30]
            if part(row) in parts and told_apart and row["id"] not in known:
                found.append(Source("sum-" + row["id"], "ar", prepare(row["title"]), sentences(row["text"]), cyber=float(row["label"] == "cyber"),
                                    group=row["id"], references=[words(row["summary"])]))
    for row in read("en_summaries_human"):
        if part(row) in parts:
            references.setdefault(row["article_id"], (row, []))[1].append(words(row["summary"]))
    for name, (row, summaries) in references.items():
        found.append(Source("sum-" + name, "en", "", sentences(row["text"]), group=name, references=summaries, part=part(row)))
    bbc = [row for row in read("en_bbc_2004_full") if part(row) in parts]
    for row in shuffled(bbc, SEED)[:BBC_SUMMARIES]:
        found.append(Source("sum-" + row["id"], "en", prepare(row["title"]), sentences(row["text"]), cyber=float(row["label"] == "cyber"),
                            group=row["id"], references=[words(row["summary"])]))
    return found


def _mined(maker, outside, doubted):
    """Corpus articles: read and labelled for this project (training/labels), with or without those that the first sitting doubted, else as sure as
    the n-grams are."""
    labels, found, refused = labels_read(*CORPUS_LABELS, *([DOUBTED_LABELS] if doubted else [])), [], []
    for line in open(BUILD / "corpus_scores.jsonl", encoding="utf-8"):
        row = json.loads(line)
        known = labels.get(row["id"])
        label = known and {"cyber": 1, "not_cyber": 0}.get(known["label"])
        if known and label is None or outside.near(row):
            continue
        article = {"id": row["id"], "lang": "ar", "title": row["title"], "text": row["text"]}
        if known:
            topics = set(known.get("topics", [])) or None
            named = {"entities": known["entities"], "read": known["read"]} if "entities" in known else {}
            found.append(maker.source(article | {"label": label, "topics": topics} | named, weight=SURE[known.get("sure", 2)], part="read"))
            found[-1].topic_weight = 1.0 if named else 0.6  # mostly read from the opening
            found[-1].times = KNOWN_TIMES if named else 1
        elif row["lure"] and row["logit"] > SURE_CYBER:
            found.append(maker.source(article | {"label": 1}, weight=0.5))
        elif row["lure"] and REFUSED[0] < row["logit"] < REFUSED[1]:
            refused.append(article | {"label": 0})
    return found + [maker.source(row, weight=0.7) for row in shuffled(refused, SEED)[:MINED_REFUSED]]


def _invented(maker, border):
    found = []
    for row in invented(border):
        article = {"id": row["id"], "lang": row["lang"], "title": prepare(row["title"]), "text": row["text"],
                   "label": int(row["label"] == "cyber"), "entities": row.get("entities")}
        family = FAMILY.match(row["group"])
        source = maker.source(article, group=row["group"], family=family and family.group(), times=INVENTED_TIMES, part="invented")
        if row["topics"]:
            source.topics, source.topic_weight = known_topics(set(row["topics"])), 1.0
        found.append(source)
    return found


def _exact(source):
    return source.cyber == 1 and not np.isnan(source.topics).any() and source.topics.any()


def _thin_more(pool):
    """Articles of a topic that few articles of their language have are seen once more."""
    known = [source for source in pool if _exact(source)]
    counts = {language: sum(source.topics for source in known if source.lang == language) for language in ("ar", "en")}
    for source in known:
        if source.part != "invented" and counts[source.lang][source.topics > 0].min() < THIN:
            source.times += 1


def _find_rare(pool):
    """Rare title words of every real article: two that share one may tell one event that nobody marked."""
    counts, sizes = {"ar": Counter(), "en": Counter()}, Counter(source.lang for source in pool)
    for source in pool:
        counts[source.lang].update(set(words(source.title)))
    for source in pool:
        if source.part != "invented":
            source.rare = frozenset(word for word in words(source.title) if len(word) > 2
                                    and counts[source.lang][word] < RARE_TITLE_WORD * sizes[source.lang])


def _only_cyber_or_not(maker, half, outside):
    """One half of dev for the second sitting. Its topics, names, events and summaries are not shown: dev goes on choosing the rules about them."""
    rows = [row for row in articles() if row["part"] == "dev" and row["fold"] == half and row["label"] is not None and not outside.near(row)]
    found = [maker.source(row | {"topics": None, "entities": None}, weight=0.5 if row["decided"] else 1.0, part="dev",
                          easy=row["file"] in EASY and row["label"] == 0, times=KNOWN_TIMES) for row in rows]
    for source in found:
        source.topics, source.names = UNKNOWN_TOPICS, None
    return found


def _again(source, half):
    """Whether a source is in this half's second sitting: what is new always, of the rest every other one, families whole."""
    is_new = source.id.startswith("border-") or source.id in labels_read(DOUBTED_LABELS)
    return is_new or fold_of(source.family or source.group) == half


def sources(parts, half=None):
    """
    (all sources, the maker of examples) for the chosen parts of ../shared/data, what was read for this project, and what was invented; with
    `half` (0 or 1) those of a second sitting, which learns from that half of dev too.
    """
    maker = Maker(Pieces())
    outside = held_out([p for p in ("dev", "test") if p not in parts], half)
    second = half is not None
    pool = _labelled(maker, parts, outside) + _mined(maker, outside, second) + _invented(maker, second) + _summarised(parts)
    _thin_more(pool)
    if second:
        pool = [source for source in pool if _again(source, half)] + _only_cyber_or_not(maker, half, outside)
    _find_rare(pool)
    return pool, maker


def _packed(examples, rng):
    """Batches of similar length and at most TOKENS tokens; pairs stay together."""
    order = sorted(range(len(examples)), key=lambda i: max(len(e.ids) for e, _ in examples[i]) + rng.random() * 16)
    packed, batch, longest = [], [], 0
    for index in order:
        unit = examples[index]
        longest_now = max([longest] + [len(e.ids) for e, _ in unit])
        if batch and longest_now * (len(batch) + len(unit)) > TOKENS:
            packed.append(batch)
            batch, longest_now = [], max(len(e.ids) for e, _ in unit)
        batch, longest = batch + unit, longest_now
    packed.append(batch)
    return [([e for e, _ in batch], [lang for _, lang in batch]) for batch in packed]


def _pairs(members, maker, rng, limit):
    """The members of one event two by two, each with the next; an article alone as two views of itself."""
    if len({member.id for member in members}) == 1:
        return [[(example, member.lang) for example in maker.views(member, rng, limit)] for member in members]
    rng.shuffle(members)
    return [[(maker.varied(a, rng, limit), a.lang), (maker.varied(b, rng, limit), b.lang)] for a, b in zip(members, members[1:] + members[:1])]


def _chunks(pairs, rng):
    """Pairs of one language and rarest topic, CHUNK at a time and of similar length: what is hard to tell apart meets in a batch."""
    counts, alike, found = Counter(), {}, []
    for pair in pairs:
        counts.update(np.flatnonzero(pair[0][0].topics == 1).tolist())
    for pair in pairs:
        topics = np.flatnonzero(pair[0][0].topics == 1).tolist()
        alike.setdefault((pair[0][1], min(topics, key=lambda topic: counts[topic], default=-1)), []).append(pair)
    for kind in sorted(alike):
        listed = sorted(alike[kind], key=lambda pair: max(len(example.ids) for example, _ in pair) + rng.random() * 16)
        found += [sum(listed[at:at + CHUNK], []) for at in range(0, len(listed), CHUNK)]
    return found


def _families(events, maker, rng, limit):
    """One unit for each family and time: every telling of each of its events once."""
    families = {}
    for members in events:
        families.setdefault(members[0].family, []).append(members)
    found = []
    for told in families.values():
        for _ in range(INVENTED_TIMES):
            unit = []
            for members in told:
                if len(members) == 1:
                    unit += [(example, members[0].lang) for example in maker.views(members[0], rng, limit)]
                else:
                    unit += [(maker.varied(member, rng, limit), member.lang) for member in members]
            found.append(unit)
    return found


def batches(pool, maker, rng, epoch, limit):
    """
    One epoch's batches, shuffled. Cyber articles come as pairs (two of one event, or two views of one) beside others of their topic,
    invented events as families, and what is not cyber alone, or with its translation; dev's alone too, since its events are not told.
    """
    groups, units = {}, []
    for source in pool:
        if source.references:
            units.append([(maker.whole(source, max(limit, 256)), source.lang)])
        elif source.easy and epoch and rng.random() < 0.5:
            continue
        elif source.part != "dev" and (source.cyber == 1 or source.part == "invented"):
            groups.setdefault(source.group, []).append(source)
        else:
            units += [[(maker.varied(source, rng, limit), source.lang)] for _ in range(source.times)]
    events = [members for members in groups.values() if members[0].family]
    pairs = [pair for members in groups.values() if not members[0].family
             for pair in _pairs([member for member in members for _ in range(member.times)], maker, rng, limit)]
    made = _packed(units + _chunks(pairs, rng) + _families(events, maker, rng, limit), rng)
    rng.shuffle(made)
    return made
