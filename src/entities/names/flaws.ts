import { parseNames } from './parse-names.ts';

/** Flaws that have a name of their own; they count among the products. */
export const FLAWS = parseNames(`
KRACK = Krack attack, KRACK attack
Ripple20 =
Rowhammer =
Spectre? = سبكتر, سبيكتر
Meltdown? = ميلتداون, ميلت داون
Stagefright = Stage fright, ستيدج فرايت?, ستيدجفرايت, ستيج فرايت
Heartbleed = Heart bleed, هارتبليد, هارت بليد, هارتبلييد, نزيف القلب, القلب النازف
Shellshock = Shell Shock, شيلشوك, شيل شوك
Log4Shell = لوغ 4 شيل, لوغ فور شيل, لوغ4شيل
ProxyLogon =
ProxyShell =
PrintNightmare = Print Nightmare, كابوس الطباعة?
BlueKeep = Blue Keep, بلوكيب, بلو كيب
BlueBorne = بلوبورن
Dirty Cow = DirtyCow
React2Shell =
Spring4Shell =
Zerologon =
CitrixBleed = Citrix Bleed, CitrixBleed 2
`);
