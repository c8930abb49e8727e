// The platform's figures, each with the number of the page that states it. "Bytes" are of UTF-8.

// message/send (90236)
/** Longer text is cut by the platform, without a word. */
export const TEXT_BYTES = 2048;
export const MARKDOWN_BYTES = 2048;
export const TITLE_BYTES = 128;
export const DESCRIPTION_BYTES = 512;
export const URL_BYTES = 2048;
export const TEXTCARD_TITLE_CHARS = 128;
export const TEXTCARD_DESCRIPTION_CHARS = 512;
export const TEXTCARD_BUTTON_CHARS = 4;
export const NEWS_ARTICLES = 8;
export const PAGEPATH_BYTES = 128;
export const MPNEWS_AUTHOR_BYTES = 64;
export const MPNEWS_CONTENT_BYTES = 666 * 1024;
export const RECEIVER_USERS = 1000;
export const RECEIVER_PARTIES = 100;
export const RECEIVER_TAGS = 100;
export const DUPLICATE_CHECK_DEFAULT_S = 1800;
export const DUPLICATE_CHECK_MAX_S = 4 * 3600;
/** What goes over is dropped with errcode 0: count before sending. */
export const PER_MEMBER_A_MINUTE = 30;
export const PER_MEMBER_AN_HOUR = 1000;

// template cards (90236), enforced with 42027–42051
export const CARD_KEY_BYTES = 1024;
export const CARD_OPTION_ID_BYTES = 128;
export const CARD_TASK_ID_BYTES = 128;
export const CARD_TASK_ID = /^[0-9A-Za-z_\-@]+$/;
export const CARD_ACTION_MENU = 3;
export const CARD_ROWS = 6;
export const CARD_JUMPS = 3;
export const CARD_VERTICAL = 4;
export const CARD_BUTTONS = 6;
export const CARD_SELECTION_OPTIONS = 10;
export const CARD_CHECKBOX_OPTIONS = 20;
export const CARD_SELECTS = 3;
export const CARD_ASPECT_MIN = 1.3;
export const CARD_ASPECT_MAX = 2.25;

// app group chats (90244–90248)
export const APPCHAT_NAME_CHARS = 50;
export const APPCHAT_MEMBERS_MIN = 2;
export const APPCHAT_MEMBERS_MAX = 2000;
/** Of one corp; over them everything of the kind is blocked for the rest of the day, an hour, a minute. */
export const APPCHAT_CREATED_A_DAY = 1000;
export const APPCHAT_CHANGED_AN_HOUR = 1000;
/** One message to a group of n is n person-times. */
export const APPCHAT_PERSON_TIMES_A_MINUTE = 20_000;
/** What one member gets from one app over all its chats; what goes over is dropped without a word. */
export const APPCHAT_PER_MEMBER_A_MINUTE = 200;
export const APPCHAT_ID = /^[0-9a-zA-Z]{1,32}$/;

// group robots (99110)
export const ROBOT_TEXT_BYTES = 2048;
export const ROBOT_MARKDOWN_BYTES = 4096;
export const ROBOT_IMAGE_BYTES = 2 * 1024 * 1024;
export const ROBOT_A_MINUTE = 20;

// smart robots (100719, 101031)
export const AIBOT_CONTENT_BYTES = 20_480;
export const AIBOT_IMAGES = 10;
export const AIBOT_IMAGE_BYTES = 10 * 1024 * 1024;
export const AIBOT_FEEDBACK_BYTES = 256;
export const AIBOT_QUESTION_BYTES = 200;
/** A stream may be edited for so long after the message that it answers (846608 says 10, the page 6). */
export const AIBOT_STREAM_MS = 6 * 60_000;

// media (90253)
export const MEDIA_MIN_BYTES = 5;
export const MEDIA_MAX_BYTES = {
  image: 10 * 1024 * 1024,
  voice: 2 * 1024 * 1024,
  video: 10 * 1024 * 1024,
  file: 20 * 1024 * 1024,
} as const;
export const MEDIA_DAYS = 3;

// menu (90231)
export const MENU_BUTTONS = 3;
export const MENU_SUB_BUTTONS = 5;
export const MENU_NAME_BYTES = 16;
export const MENU_SUB_NAME_BYTES = 40;
export const MENU_KEY_BYTES = 128;
export const MENU_URL_BYTES = 1024;

// codes
/** 91022: a code is good once, for 5 minutes. */
export const OAUTH_CODE_BYTES = 512;
