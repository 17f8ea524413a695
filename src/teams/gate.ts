import { z } from 'zod';
import type { Proof } from './inboundToken';
import { isAllowedServiceUrl } from './outbound';

/** What an activity came with: a good token, or nothing, on the demo's own machine. */
export type Admission = Proof | { readonly kind: 'open' };

/** Which activities are let in, once they are parsed. */
export interface GateRules {
  /** Ids of the tenants that may speak to Steward, in lower case; null for any, which only the demo may have. */
  readonly tenants: ReadonlySet<string> | null;
}

/** Why an activity is turned away: a word for the log. */
export type Refusal =
  | 'no activity'
  | 'another channel'
  | 'another service than the token names'
  | 'no service of Teams'
  | 'no tenant'
  | 'another tenant';

const text = z.string().max(1000).nullish();
const account = z.object({ id: text, aadObjectId: text, name: text, role: text }).nullish();
const schema = z.object({
  type: z.string().max(100),
  channelId: text,
  serviceUrl: z.string().max(1000),
  conversation: z
    .object({ tenantId: text, id: text, name: text, conversationType: text, isGroup: z.boolean().nullish() })
    .nullish(),
  channelData: z.object({ tenant: z.object({ id: text }).nullish() }).nullish(),
  text: z.string().nullish(),
  ...{ name: text, action: text },
  // An answer repeats these, and the SDK takes no others for them than Teams sends.
  ...{ id: text, replyToId: text, locale: text, deliveryMode: text },
  ...{ from: account, recipient: account },
});

/**
 * Looks at what an activity says of where it is from, before any handler or storage is asked: it answers where its token says and at
 * Teams' own hosts alone, comes by the Teams channel, and from a tenant on the list. An activity that names two tenants must have both on the
 * list, so that it does not matter which of them is read later.
 */
export function refusalOf(activity: unknown, admission: Admission, rules: GateRules): Refusal | null {
  const parsed = schema.safeParse(activity);
  if (!parsed.success) return 'no activity';
  const { channelId, serviceUrl, conversation, channelData } = parsed.data;
  const open = admission.kind === 'open';
  if (!isAllowedServiceUrl(serviceUrl, open)) return 'no service of Teams';
  if (!open) {
    if (!isSameAddress(serviceUrl, admission.serviceUrl)) return 'another service than the token names';
    if (channelId !== 'msteams') return 'another channel';
  }
  if (rules.tenants === null) return null;
  const named = [channelData?.tenant?.id, conversation?.tenantId].filter(
    (id) => id !== null && id !== undefined,
  );
  if (named.length === 0) return 'no tenant';
  return named.every((id) => rules.tenants?.has(id.toLowerCase())) ? null : 'another tenant';
}

/** Whether two service URLs are one: but for a slash at the end, and the case of the host, they must be the same. */
function isSameAddress(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const plain = (url: string) => new URL(url).href.replace(/\/$/, '');
  return plain(one) === plain(other);
}
