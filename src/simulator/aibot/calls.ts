// `response_url` (101138): one message within an hour of what was asked, without a token; not the response_code of an app's card.
import { isRefused, refuse } from '../fields.ts';
import type { ApiCall, Call, Reply } from '../platform/call.ts';
import { readAnswer } from './answers.ts';
import { CODE_MS } from './interactions.ts';
import { show } from './show.ts';

function respond(call: Call): Reply {
  const { world, json } = call;
  const { interactions } = world.aibots;
  const interaction = interactions.byCode(call.query.response_code ?? '');
  const aibot = interaction && world.directory.aibot(interaction.aibotId);
  if (!interaction || !aibot) return refuse(60140, 'invalid response_code');
  if (interaction.codeUsed || interactions.now() - interaction.at >= CODE_MS)
    return refuse(60140, 'invalid response_code');
  const answer = readAnswer(json, 'response-url');
  if (answer.kind === 'ignored') {
    call.note(answer.note);
    return refuse(40008, 'invalid message type');
  }
  interaction.codeUsed = true;
  // An answer of its own beside the stream: it ends nothing and takes nobody's place.
  const own = { ...interaction, streamId: null, shown: [], carded: false, over: false };
  const shown =
    answer.kind === 'update'
      ? refuse(40008, 'invalid message type')
      : show(world, aibot, own, answer, call.exchangeId);
  return isRefused(shown) ? shown : {};
}

export const aibotCalls: Readonly<Record<string, ApiCall>> = {
  '/cgi-bin/aibot/response': { method: 'POST', auth: 'none', run: respond },
};
