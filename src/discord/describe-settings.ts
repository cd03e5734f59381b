import { digestLabels } from '../digest/labels.ts';
import { TOPICS } from '../domain/topic.ts';
import type { ReplyContext } from './command.ts';
import { isolateMarkup } from './escape-text.ts';
import { formatMinutes } from './read-options.ts';
import { inServerDirection } from './reply.ts';
import { readFeedback } from './server-threshold.ts';

/** Every setting of the server, a line each, and what its votes change. */
export async function describeSettings(context: ReplyContext): Promise<string[]> {
  const { messages, settings } = context;
  const words = messages.server;
  const { managerRoleId } = settings;
  const own = (line: string) => inServerDirection(line, context);
  return [
    messages.settings.language(messages.settings.languageName[settings.language]),
    own(messages.settings.timezone(settings.timezone)),
    ...(await describeRules(context)),
    ...(managerRoleId === null ? [] : [words.managerRole(isolateMarkup(`<@&${managerRoleId}>`))]),
  ];
}

/** The settings that decide what is posted and when: quiet hours, threshold, and what votes change of it. */
export async function describeRules(context: ReplyContext): Promise<string[]> {
  const { settings } = context;
  const words = context.messages.server;
  const { quietHours } = settings;
  const own = (line: string) => inServerDirection(line, context);
  const hours =
    quietHours === null
      ? [words.noQuietHours]
      : [
          words.quietHours(
            formatMinutes(quietHours.startMinutes),
            formatMinutes(quietHours.endMinutes),
          ),
          words.critical(settings.criticalPasses),
          words.night(settings.nightSilent),
        ];
  return [
    ...hours.map(own),
    own(thresholdLine(context)),
    ...(await voteLines(context)).map((line) => `-# ${own(line)}`),
  ];
}

function thresholdLine({ messages, settings, modelThreshold }: ReplyContext): string {
  const { server } = messages;
  const value =
    settings.threshold === null
      ? server.modelThreshold(modelThreshold.toFixed(2))
      : server.ownThreshold(settings.threshold.toFixed(2));
  return server.threshold(value);
}

/** The rule in figures: how many members vote, how far that moves the threshold, and which topics weigh more or less. */
async function voteLines(context: ReplyContext): Promise<string[]> {
  const { messages, settings } = context;
  const { voters, thresholdShift, topicWeights } = await readFeedback(context);
  if (voters === 0) return [];
  const labels = digestLabels(settings.language).topic;
  const sign = thresholdShift > 0 ? '+' : '';
  const weights = TOPICS.flatMap((topic) => {
    const weight = topicWeights[topic];
    return weight === undefined
      ? []
      : [messages.server.topicWeight(labels[topic], weight.toFixed(2))];
  });
  const moved = messages.server.votes(voters, `${sign}${thresholdShift.toFixed(2)}`);
  return [[moved, ...weights].join(' · ')];
}
