"""Weak labels for cyber articles that no one annotated: topics by words in both languages, names by a list.

A topic is positive where its words are in the title (or twice in the text), negative where they are nowhere, unknown between.
"""

import re

import numpy as np

from dataset import articles
from settings import ENTITY_KINDS, TOPICS
from text import fold, prepare

# Folded forms (text.fold). None: the topic has no words of its own, so that only annotated articles teach it.
RULES = {
    "breach": r"breach|leak|exposed|stolen data|data theft|stole .{0,20}data|تسريب|تسرب|بيانات .{0,12}(مسروق|مسرب)|سرقه (بيانات|معلومات)",
    "ransomware": r"ransom|lockbit|\bqilin\b|blackcat|akira|فديه|الفديه|ابتزاز",
    "vulnerability": r"vulnerab|zero-?day|\bflaws?\b|\bpatch|\bcve-|exploit|ثغر|ضعف امني",
    "malware": r"malware|trojan|botnet|\bvirus|\bworm\b|backdoor|infostealer|spyware|خبيث|فيروس|حصان طرواد|دوده|ضار",
    "espionage": r"espionage|\bspy|spies|spyware|surveillance|\bapt\d|state-(sponsored|backed)|تجسس|جاسوس|بيغاسوس|مراقبه",
    "fraud": r"phish|scam|fraud|identity theft|crypto.{0,20}(stolen|theft|heist)|تصيد|احتيال|نصب|سرقه .{0,15}(بطاق|حساب|اموال|بيتكوين)",
    "ddos": r"ddos|denial[- ]of[- ]service|حجب الخدمه|الحرمان من الخدمه",
    "supply-chain": r"supply[- ]chain|third[- ]party|vendor|npm package|malicious package|سلسله (التوريد|الامداد)|طرف ثالث",
    "arrest": r"arrest|charged|sentenc|jailed|guilty|extradit|indict|prison|taken down|seized|اعتقال|اعتقل|القبض|توقيف|السجن|محاكم|المتهم|تفكيك",
    "outage": r"outage|disrupt|offline|halt|shut ?down|restor|suspend|knocked out|تعطل|تعطيل|توقف|شلل|انقطاع",
    "ai-security": r"\bai\b|artificial intelligence|deepfake|chatgpt|llm|prompt injection|الذكاء الاصطناعي|التزييف العميق",
    "policy": r"\blaw\b|bill\b|legislat|regulat|sanction|strategy|minist|government|senate|treaty|قانون|تشريع|عقوبات|استراتيجي|وزار|هيئه|المجلس",
    "intrusion": None, "advisory": None,
}
_RULES = {topic: re.compile(rule) if rule else None for topic, rule in RULES.items()}
CASIE = {"Databreach": "breach", "Ransom": "ransomware", "Phishing": "fraud", "DiscoverVulnerability": "vulnerability",
         "PatchVulnerability": "vulnerability"}
WEAK_TOPICS = ("policy", "outage", "arrest", "espionage", "supply-chain")  # their words occur too often to prove them

# Public names (MITRE ATT&CK, vendors' reports, common products), with Arabic spellings.
NAMES = {
    "ACTOR": "Lazarus|Lazarus Group|APT28|APT29|APT41|APT33|APT34|Fancy Bear|Cozy Bear|Sandworm|Scattered Spider|ShinyHunters|Anonymous|Killnet|Lapsus$|Volt Typhoon|Salt Typhoon|Storm-0558|Midnight Blizzard|Kimsuky|MuddyWater|Charming Kitten|Predatory Sparrow|OilRig|Equation Group|Shadow Brokers|FIN7|Turla|Syrian Electronic Army|Guccifer|LulzSec|Lizard Squad|Carbanak|DarkSide|REvil|NoName057(16)|Handala|لازاروس|أنونيموس|أنونيموس|الجيش السوري الإلكتروني|فانسي بير|شادو بروكرز|كيل نت",
    "ORGANISATION": "Microsoft|Google|Apple|Facebook|Meta|Twitter|Amazon|Yahoo|Sony|Equifax|Uber|Marriott|Kaspersky|Kaspersky Lab|Symantec|McAfee|FireEye|Mandiant|CrowdStrike|Cisco|Check Point|Check Point Research|Palo Alto Networks|ESET|Sophos|Trend Micro|Bitdefender|NSO Group|Citizen Lab|FBI|NSA|CIA|CISA|NCSC|Europol|Interpol|Pentagon|Fortinet|Oracle|SolarWinds|Okta|Cloudflare|OpenAI|Anthropic|Samsung|Huawei|Intel|IBM|مايكروسوفت|غوغل|جوجل|آبل|أبل|فيسبوك|ميتا|تويتر|أمازون|ياهو|سوني|كاسبرسكي|كاسبرسكي لاب|سيمانتيك|مكافي|سيسكو|يوروبول|الإنتربول|البنتاغون|وكالة الأمن القومي|مكتب التحقيقات الفيدرالي|إن إس أو|سيتيزن لاب|سامسونغ|هواوي|إنتل|أوبر|وزارة الداخلية|وزارة الدفاع",
    "PRODUCT": "Windows|Windows 10|Windows 11|Android|iOS|iPhone|Chrome|Firefox|Internet Explorer|Office|Office 365|Exchange|Exchange Server|SharePoint|Outlook|Gmail|WhatsApp|Telegram|Signal|Instagram|Snapchat|Flash Player|Java|Linux|macOS|WordPress|Citrix|MOVEit|Log4j|ChatGPT|Claude|Copilot|Zoom|Skype|Bluetooth|Safari|Tor|ويندوز|أندرويد|اندرويد|آيفون|أيفون|واتساب|واتس آب|تلغرام|تليغرام|انستغرام|إنستغرام|سناب شات|كروم|فايرفوكس|سكايب|بلوتوث|جيميل|زوم|يوتيوب|شات جي بي تي",
    "MALWARE": "WannaCry|NotPetya|Petya|Stuxnet|Pegasus|LockBit|Emotet|TrickBot|Ryuk|Conti|Mirai|Zeus|Flame|Duqu|Shamoon|Triton|BlackEnergy|Industroyer|Qakbot|Cobalt Strike|Mimikatz|RedLine|Lumma|Akira|Qilin|BlackCat|Clop|Cl0p|Bad Rabbit|GandCrab|CryptoLocker|Locky|SamSam|Dridex|Regin|VPNFilter|Joker|Anubis|Predator|Stagefright|واناكراي|وانا كراي|بيتيا|نوت بيتيا|ستاكسنت|بيغاسوس|شمعون|فليم|لوك بت|ميراي",
}
CASED = re.compile(r"[A-Z\d]")


def topics(title, text, category):
    """Targets in the order of TOPICS: 1, 0 or nan for unknown."""
    head, body = fold(title), fold(text[:1500])
    found = np.full(len(TOPICS), np.nan, np.float32)
    for index, topic in enumerate(TOPICS):
        rule = _RULES[topic]
        if rule is None:
            continue
        in_title, in_text = bool(rule.search(head)), len(rule.findall(body))
        if not in_title and not in_text:
            found[index] = 0
        elif topic not in WEAK_TOPICS and (in_title or in_text >= 2):
            found[index] = 1
    if category in CASIE:
        found[TOPICS.index(CASIE[category])] = 1
    return found


def gazetteer():
    """Name -> kind: the list above and the names annotated in the training part."""
    names = {}
    for kind, listed in NAMES.items():
        for name in listed.split("|"):
            names[prepare(name)] = kind
    for row in articles():
        if row["part"] == "train" and row["entities"]:
            for field, kind in ENTITY_KINDS.items():
                for name in row["entities"].get(field, []):
                    name = prepare(name if isinstance(name, str) else name.get("name", ""))
                    if len(name) >= 4 and kind != "ACTOR":  # a state is an attacker in one story only
                        names.setdefault(name, kind)
    return names


def finder(names):
    """A pattern for whole names, longest first; an Arabic name may follow a one-letter particle."""
    listed = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<![^\W_])(?:[وبلكف]{1,2}(?=[\u0621-\u064a]))?(" + "|".join(re.escape(name) for name in listed) + r")(?![^\W_])")
