"""The training pool: which sources, how often each is seen in an epoch, and how they are put into batches."""

import json
import random

from dataset import articles, held_out, invented, labels_read, topics_read
from examples import Maker, Source, known_topics, shuffled
from settings import BUILD, ENTITY_KINDS, SEED
from split import key, part, read
from text import prepare, sentences, words
from vocabulary import Pieces

TOKENS = 4096  # of one batch
ARABIC_CYBER_TIMES, KNOWN_TOPICS_TIMES, INVENTED_TIMES = 3, 2, 2  # how often these are seen in an epoch
SURE_CYBER, REFUSED = 1.0, (-6.0, -3.0)  # n-gram logits of mined articles taken as cyber, and as not
MINED_REFUSED = 500
BBC_SUMMARIES = 300
EASY = {"en_bbc_2004_full", "en_feed_items_general", "en_reuters21578_sample", "ar_negatives_topical", "en_agnews_short"}
SURE = {3: 1.0, 2: 0.8, 1: 0.4}  # weight of a label by how sure its reader was


def _read(source, label, weight):
    """Topics, and where given the title's names, as read for this project."""
    source.topics, source.topic_weight, source.part = known_topics(set(label["topics"])), weight, "read"
    if "titleEntities" in label:
        source.title_names = {prepare(name): ENTITY_KINDS[field] for field, names in label["titleEntities"].items() for name in names}


def _labelled(maker, parts, outside):
    found, read_topics = [], topics_read()
    events = {row["id"]: key(row) for row in read("story_clusters_weak")}
    for pair in read("parallel_pairs"):
        for side in ("en", "ar"):
            events.setdefault(pair[side]["id"], "event:" + pair["event"])
    for row in articles():
        if row["part"] not in parts or row["label"] is None:
            continue
        if outside.near(row):
            continue
        times = ARABIC_CYBER_TIMES if row["lang"] == "ar" else KNOWN_TOPICS_TIMES if row["topics"] or row["id"] in read_topics else 1
        source = maker.source(row, weight=0.5 if row["decided"] else 1.0, group=events.get(row["id"], row["id"]),
                              easy=row["file"] in EASY and row["label"] == 0, times=times, part=row["part"])
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


def _mined(maker, outside):
    """Corpus articles: read and labelled for this project (training/labels), else as sure as the n-grams are."""
    labels, found, refused = labels_read("corpus_ar.jsonl", "ar_corpus.jsonl"), [], []
    for line in open(BUILD / "corpus_scores.jsonl", encoding="utf-8"):
        row = json.loads(line)
        known = labels.get(row["id"])
        label = known and {"cyber": 1, "not_cyber": 0}.get(known["label"])
        if known and label is None or outside.near(row):
            continue
        article = {"id": row["id"], "lang": "ar", "title": row["title"], "text": row["text"]}
        if known:
            topics = set(known.get("topics", [])) or None
            found.append(maker.source(article | {"label": label, "topics": topics}, weight=SURE[known.get("sure", 2)], part="read"))
            found[-1].topic_weight = 0.6  # mostly read from the opening
        elif row["lure"] and row["logit"] > SURE_CYBER:
            found.append(maker.source(article | {"label": 1}, weight=0.5))
        elif row["lure"] and REFUSED[0] < row["logit"] < REFUSED[1]:
            refused.append(article | {"label": 0})
    return found + [maker.source(row, weight=0.7) for row in shuffled(refused, SEED)[:MINED_REFUSED]]


def _invented(maker):
    found = []
    for row in invented():
        article = {"id": row["id"], "lang": row["lang"], "title": prepare(row["title"]), "text": row["text"],
                   "label": int(row["label"] == "cyber")}
        source = maker.source(article, group=row["group"], times=INVENTED_TIMES)
        if row["topics"]:
            source.topics, source.topic_weight = known_topics(set(row["topics"])), 1.0
        found.append(source)
    return found


def sources(arguments):
    """(all sources, the maker of examples) for the chosen parts."""
    maker = Maker(Pieces())
    outside = held_out([p for p in ("dev", "test") if p not in arguments.parts])
    pool = _labelled(maker, arguments.parts, outside) + _mined(maker, outside) + _invented(maker) + _summarised(arguments.parts)
    rng = random.Random(arguments.seed)
    return [source for source in pool if source.part != "train" or rng.random() < arguments.share], maker


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


def batches(pool, maker, rng, epoch, limit):
    """One epoch's batches, shuffled. Cyber articles come as pairs: two of one event, or two views of one."""
    groups, singles, pairs, readings = {}, [], [], []
    for source in pool:
        if source.references:
            readings.append([(maker.whole(source, max(limit, 256)), source.lang)])
        elif source.easy and epoch and rng.random() < 0.5:
            continue
        elif source.cyber == 1:
            groups.setdefault(source.group, []).extend([source] * source.times)
        else:
            singles.append([(maker.varied(source, rng, limit), source.lang)])
    for members in groups.values():
        rng.shuffle(members)
        if len({m.id for m in members}) > 1:
            members.sort(key=lambda m: rng.random())
            for a, b in zip(members, members[1:] + members[:1]):
                pairs.append([(maker.varied(a, rng, limit), a.lang), (maker.varied(b, rng, limit), b.lang)])
        else:
            for member in members:
                pairs.append([(example, member.lang) for example in maker.views(member, rng, limit)])
    made = _packed(pairs, rng) + _packed(singles, rng) + _packed(readings, rng)
    rng.shuffle(made)
    return made
