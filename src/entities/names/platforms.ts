import { parseNames } from './parse-names.ts';

/** Networks, messengers and services that share a name with the company behind them: the text decides which is meant. */
export const PLATFORMS = parseNames(`
Facebook = فيسبوك, فيس بوك, الفيسبوك, الفيس بوك, فايسبوك, الفايسبوك, فايس بوك
Twitter = تويتر, التويتر, X Corp
TikTok = تيك توك
Telegram = تليغرام, تلغرام, تيليغرام, تيليجرام, تلجرام
Instagram = إنستغرام, انستغرام, إنستجرام, انستقرام
LinkedIn = لينكد إن, لينكدإن, لنكدن
WhatsApp = واتساب, واتس آب, واتس اب, الواتساب
YouTube = يوتيوب
Snap = Snapchat, سناب شات, سنابشات
Discord = ديسكورد
Reddit = ريديت
Threads? =
Viber = فايبر
Skype = سكايب
WeChat = وي شات
Signal? = سيغنال, تطبيق سيغنال, سيجنال
Clubhouse? = كلوب هاوس
Messenger = Facebook Messenger, ماسنجر, فيسبوك ماسنجر
Zoom? = زوم
Gmail = جيميل, جي ميل
Quora = كورا
Tumblr = تمبلر
Twitch = تويتش
Tinder = تندر
Flickr = فليكر
MySpace = Myspace, ماي سبيس
`);
