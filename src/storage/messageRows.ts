/* Rows of messages (`message|<key>`), for the stores that write them beside rows of their own. */
import type { Message } from '../domain/message';
import { encode, keyPart } from './codec';
import type { Write } from './table';

/** A message's own key holds the separators that its prefixes are found by; only what is between them is made safe. */
export function messageRow(key: string): string {
  return `message|${key.split('|').map(keyPart).join('|')}`;
}

/** A write that adds a message, and fails when there is one of its key. */
export function insertMessage(message: Message): Write {
  return { op: 'insert', row: messageRow(message.key), cells: encode(message, { state: message.state }) };
}
