import type { ActionName } from './bots/steward';
import { leadOf } from './plans';

/** What people say to a bot over HTTP, as Teams brings it. */

/** Who says it: the lead of a number in the plan of a number, whose tenant is `tenant<plan>`. */
export interface Who {
  readonly plan: number;
  readonly lead: number;
  /** Added to the conversation's id, for a chat of its own. */
  readonly chat?: string;
}

export function typed(text: string): object {
  return { type: 'message', text };
}

/** A pressed button that sends its data. */
export function pressed(data: { readonly verb: string }): object {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: data.verb, data }, trigger: 'manual' },
  };
}

/** "Save and next" on the form of an action; whoever says it and is answered adds one to its version. */
export function saved({ plan, id, ref, version }: ActionName, period: string, n: number): object {
  return pressed({
    ...{ verb: 'save', plan, period, action: id, ref, page: 0, version, after: 'next', anyway: true },
    ...{ status: 'amber', percent: '55', narrative: `Save ${n}: two of the three parts are done.` },
  });
}

let activities = 0;

/** Says it, and gives what the request was answered with. Throws where a press was not answered by a card, or a save was not kept. */
export async function tell(url: string, serviceUrl: string, who: Who, said: object): Promise<string> {
  const { name, objectId, userId, conversation } = leadOf(who.plan, who.lead);
  const tenant = `tenant${who.plan}`;
  activities += 1;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: `a${activities}`,
      channelId: 'msteams',
      serviceUrl,
      timestamp: new Date().toISOString(),
      locale: 'en-GB',
      from: { id: userId, name, aadObjectId: objectId },
      recipient: { id: '28:bench', name: 'Bot' },
      conversation: {
        id: conversation + (who.chat ?? ''),
        conversationType: 'personal',
        tenantId: tenant,
      },
      channelData: { tenant: { id: tenant } },
      ...said,
    }),
  });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`answered ${answer.status}: ${body.slice(0, 300)}`);
  if (!('text' in said) && !body.includes('AdaptiveCard')) throw new Error(`no card: ${body.slice(0, 300)}`);
  if (body.includes('"Mend"')) throw new Error(`not saved: ${body.slice(0, 500)}`);
  return body;
}
