import type {
  APILabelComponent,
  APIModalInteractionResponseCallbackData,
  ModalSubmitInteraction,
} from 'discord.js';
import { digestLabels } from '../digest/labels.ts';
import { UsageError } from '../domain/errors.ts';
import { SEVERITY_LEVELS } from '../domain/severity.ts';
import type { NewSubscription } from '../domain/subscription.ts';
import type { ReplyContext } from './command.ts';
import { type ButtonAction, encodeAction } from './custom-id.ts';
import { choiceField, textField } from './form-fields.ts';
import { readFilter } from './read-filter.ts';
import { MAX_KEYWORD } from './read-options.ts';
import { formatWhen, readWhen } from './read-when.ts';

/**
 * A form with what the subscription brings and when; `place-form` has the rest, for a form has five fields at most. `action` is what its
 * answer comes back with.
 */
export function subscriptionForm(
  action: ButtonAction,
  subscription: NewSubscription,
  { messages, settings }: ReplyContext,
): APIModalInteractionResponseCallbackData {
  const words = messages.form;
  const topics = digestLabels(settings.language).topic;
  return {
    custom_id: encodeAction(action),
    title: words.title,
    components: [
      textField('when', words.when, formatWhen(subscription, messages), {
        hint: words.whenHint,
        required: true,
      }),
      languageAndSeverity(subscription, { messages, settings }),
      textField(
        'topics',
        words.topics,
        subscription.topics.map((topic) => topics[topic]).join(', '),
      ),
      textField('sources', words.sources, subscription.sources.join(', ')),
      textField('keyword', words.keyword, subscription.keyword ?? '', {
        hint: words.keywordHint,
        maxLength: MAX_KEYWORD,
      }),
    ],
  };
}

/** Twelve choices: each language with each lowest severity. */
function languageAndSeverity(
  subscription: NewSubscription,
  { messages, settings }: Pick<ReplyContext, 'messages' | 'settings'>,
): APILabelComponent {
  const labels = digestLabels(settings.language).severity;
  const choices = (['ar', 'en', 'both'] as const).flatMap((language) =>
    SEVERITY_LEVELS.map((level) => ({
      label: `${messages.storyLanguage[language]} · ${messages.subscription.severityFrom(labels[level])}`,
      value: `${language}:${level}`,
    })),
  );
  const chosen = `${subscription.language}:${subscription.minSeverity}`;
  return choiceField('what', messages.form.what, choices, chosen);
}

/**
 * The subscription as the form now says; what the form does not ask stays.
 * @throws UsageError in the server's language, naming the field and the place of the mistake
 */
export async function readForm(
  interaction: ModalSubmitInteraction,
  before: NewSubscription,
  context: ReplyContext,
): Promise<NewSubscription> {
  const { fields } = interaction;
  const text = (id: string) => fields.getTextInputValue(id).trim() || null;
  const [language = null, severity = null] = (fields.getStringSelectValues('what')[0] ?? '').split(
    ':',
  );
  const words = context.messages.form;
  const when = readWhen(fields.getTextInputValue('when'), before.timezone, context.messages);
  const none = { language, severity, topic: null, source: null, keyword: null };
  const parts = [
    [words.topics, { ...none, topic: text('topics') }],
    [words.sources, { ...none, source: text('sources') }],
    [words.keyword, { ...none, keyword: text('keyword') }],
  ] as const;
  // One by one, so that a mistake is said with the field in which it is.
  for (const [field, options] of parts) await inField(field, readFilter(options, context), context);
  const all = {
    language,
    severity,
    topic: text('topics'),
    source: text('sources'),
    keyword: text('keyword'),
  };
  return { ...before, ...when, ...(await readFilter(all, context)) };
}

async function inField(field: string, reading: Promise<unknown>, { messages }: ReplyContext) {
  try {
    await reading;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [name = field] = field.split(/[,،]/);
    throw new UsageError(error.code, messages.form.inField(name, error.message), { cause: error });
  }
}
