import type { Command } from '../command.ts';
import { MAX_SOURCE_TEXT, MAX_TOPIC_TEXT } from '../custom-id.ts';
import {
  defineCommand,
  languageOption,
  severityOption,
  sourceOption,
  topicOption,
} from '../option-definitions.ts';
import { completeFilter, filterOptions } from '../read-filter.ts';
import { renderLatest } from '../render-latest.ts';

export const latest: Command = {
  definition: defineCommand('latest', 'The latest cyber stories, page by page', false, [
    { ...topicOption, max_length: MAX_TOPIC_TEXT },
    languageOption,
    severityOption,
    { ...sourceOption, max_length: MAX_SOURCE_TEXT },
  ]),
  changes: false,
  run: (interaction, context) => {
    const { topic, language, severity, source } = filterOptions(interaction);
    return renderLatest(
      {
        offset: 0,
        topic: topic ?? '',
        language: language ?? '',
        severity: severity ?? '',
        source: source ?? '',
      },
      context,
    );
  },
  complete: (interaction, context) => completeFilter(interaction.options.getFocused(true), context),
};
