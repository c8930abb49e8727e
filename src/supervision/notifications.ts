// Everything a person may be told without having asked: the key of its words, and the data that the words may name.
import { EMERGENCIES_TOLD } from './notifications/emergencies.ts';
import { NOTICES_TOLD } from './notifications/notices.ts';
import { RECTIFICATION_TOLD } from './notifications/rectification.ts';
import { VISITS_TOLD } from './notifications/visits.ts';

export const NOTIFICATIONS = {
  ...RECTIFICATION_TOLD,
  ...NOTICES_TOLD,
  ...VISITS_TOLD,
  ...EMERGENCIES_TOLD,
} as const;

export type NotificationKey = keyof typeof NOTIFICATIONS;
