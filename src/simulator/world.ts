// Everything the simulated platform knows, in one place, so that calls, people's acts and the snapshot share it.
import type { MovableClock } from '../clock.ts';
import type { Aibots } from './aibot/aibots.ts';
import type { AibotFiles } from './aibot/files.ts';
import type { Sockets } from './aibot/socket.ts';
import type { Callbacks } from './callbacks.ts';
import type { Chats } from './chats.ts';
import type { Directory } from './directory.ts';
import type { Exchanges } from './exchanges.ts';
import type { Faults } from './faults.ts';
import type { Groups } from './groups.ts';
import type { MediaStore } from './media.ts';
import type { OAuth } from './oauth.ts';
import type { Sent } from './sent.ts';
import type { Stream } from './stream.ts';
import type { Tokens } from './tokens.ts';
import type { Windows } from './windows.ts';

/** The platform's figures (90312, 90236, 99110); a load test may raise them. */
export interface Limits {
  corpPerMinute: number;
  corpPerHour: number;
  memberPerMinute: number;
  memberPerHour: number;
  /** Person-times per account and day, for one app. */
  perAccountAndDay: number;
  robotPerMinute: number;
  debugPerMinute: number;
  /** Group chats: made a day, changed an hour, and person-times a minute and an hour, of the corp. */
  groupsPerDay: number;
  groupChangesPerHour: number;
  groupPersonTimesPerMinute: number;
  groupPersonTimesPerHour: number;
  /** JSSDK tickets an hour, of the corp and of an app. */
  ticketsPerHour: number;
  ticketsOfAppPerHour: number;
  picturesPerDay: number;
}
export const PLATFORM_LIMITS: Limits = {
  corpPerMinute: 10_000,
  corpPerHour: 150_000,
  memberPerMinute: 30,
  memberPerHour: 1000,
  perAccountAndDay: 200,
  robotPerMinute: 20,
  debugPerMinute: 5,
  groupsPerDay: 1000,
  groupChangesPerHour: 1000,
  groupPersonTimesPerMinute: 20_000,
  groupPersonTimesPerHour: 300_000,
  ticketsPerHour: 400,
  ticketsOfAppPerHour: 100,
  picturesPerDay: 1000,
};

/** What pino gives, and no more. */
export interface SimulatorLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface World {
  /** Where this simulator is reached, e.g. http://127.0.0.1:3100. */
  url: string;
  clock: MovableClock;
  limits: Limits;
  /** Whether a passive `update_button` or `update_template_card` to a tap takes effect; the pages contradict each other. */
  cardReplies: 'apply' | 'ignore';
  /**
   * What "identical JSON" means to the duplicate check (90236 does not say whether the check's own fields count):
   * `whole-json`: the bytes as sent, among requests that asked for the check; a bot that holds here holds either way.
   * `message-only`: without the check's fields, among all requests.
   */
  duplicateCheck: 'whole-json' | 'message-only';
  directory: Directory;
  aibots: Aibots;
  /** Long connections of smart robots. */
  sockets: Sockets;
  /** What people sent to smart robots. */
  aibotFiles: AibotFiles;
  groups: Groups;
  chats: Chats;
  sent: Sent;
  media: MediaStore;
  tokens: Tokens;
  oauth: OAuth;
  windows: Windows;
  faults: Faults;
  exchanges: Exchanges;
  stream: Stream;
  callbacks: Callbacks;
  log: SimulatorLog;
}
