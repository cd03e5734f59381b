import { ar } from './ar.ts';
import { en, type Messages } from './en.ts';

/** Everything that Rasid says, in the language that a server chose. */
export function messagesIn(language: 'ar' | 'en'): Messages {
  return language === 'ar' ? ar : en;
}
