import { ar } from './ar.ts';
import { en } from './en.ts';

/** The few words that a posted digest needs beside its own labels. At most 80 characters each. */
export function buttonLabels(language: 'ar' | 'en'): { more: string; latest: string } {
  return (language === 'ar' ? ar : en).buttons;
}
