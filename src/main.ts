#!/usr/bin/env -S node --max-semi-space-size=4 --v8-pool-size=1
// The command line. Each command is loaded only when it is called, so that `dudao --help` answers at once.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Command, InvalidArgumentError } from 'commander';

// Left to itself V8 lets a heap grow to several times what is in use before it cleans up, for it sees a machine with much
// memory; a seventh more is enough, read by V8 at each cleaning. Two settings V8 wants to know before it starts, so they stand in
// the first line and in package.json: what is young gets twice 4 MB, and one thread helps the main one instead of four, for each
// of them keeps memory of its own. On a small machine the rest belongs to PostgreSQL; `npm run bench` shows what it saves
// (some 80 MB) and that it costs nothing: the slowest turns in a hundred came out faster.
setFlagsFromString('--heap-growing-percent=15');

const about = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
}; // ours

const program = new Command('dudao')
  .description('An education supervision office inside WeCom.\n教育督导室的企业微信机器人。')
  .version(about.version)
  .showHelpAfterError();

const port = (text: string) => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('0–65535');
  return text;
};
const shaped = (pattern: RegExp, wanted: string) => (text: string) => {
  if (!pattern.test(text)) throw new InvalidArgumentError(wanted);
  return text;
};
const address = (text: string) => {
  if (!URL.canParse(text)) throw new InvalidArgumentError('http://… or https://…');
  return shaped(/^https?:\/\//, 'http://… or https://…')(text);
};

program
  .command('demo')
  .description(
    'Start the bot with a demo district and a WeCom on this machine.\n启动演示:示范区县和本机上的企业微信模拟器。',
  )
  .option('--fresh', 'begin again with new demo data 清除演示数据,从头再来')
  .option('--locale <locale>', 'zh-CN or en 语言')
  .option('--port <port>', 'port of the bot 机器人端口', port)
  .option('--simulator-port <port>', 'port of the simulator 模拟器端口', port)
  .option('--now <instant>', 'what the clock shows at the start, such as 2026-03-19T10:00+08:00 起始时刻')
  .action(async (options) => (await import('./commands/demo.ts')).demo(options));

program
  .command('start')
  .description('Serve and work in one process.\n启动机器人(接收消息并发送消息)。')
  .action(async () => (await import('./commands/start.ts')).start('all'));

program
  .command('serve')
  .description('Only receive and answer messages.\n只接收和应答消息。')
  .action(async () => (await import('./commands/start.ts')).start('serve'));

program
  .command('work')
  .description('Only deliver messages and do scheduled work.\n只发送消息和执行定时任务。')
  .action(async () => (await import('./commands/start.ts')).start('work'));

program
  .command('simulate')
  .description(
    'Only the simulated WeCom, for a bot in any language.\n只启动企业微信模拟器,可接任何语言写的机器人。',
  )
  .option('--callback <url>', "the bot's callback address 机器人的回调地址", address)
  .option('--port <port>', 'port of the simulator 模拟器端口', port)
  .option('--people <file>', 'a roster, a list of people or a whole corp, as JSON 人员名册')
  .option(
    '--token <token>',
    "the callback's token 回调 Token",
    shaped(/^[A-Za-z0-9]{1,32}$/, '1–32: A-Z a-z 0-9'),
  )
  .option(
    '--aes-key <key>',
    "the callback's EncodingAESKey 回调 EncodingAESKey",
    shaped(/^[A-Za-z0-9]{43}$/, '43: A-Z a-z 0-9'),
  )
  .option('--corp-id <id>', 'corp id 企业 ID', shaped(/^\w+$/, 'ww…'))
  .option('--agent-id <id>', 'agent id 应用 AgentId', shaped(/^[1-9]\d{0,9}$/, '1000002'))
  .option('--secret <secret>', "the app's secret 应用 Secret", shaped(/^\S+$/, 'a-z A-Z 0-9 - _'))
  .option('--locale <locale>', 'zh-CN or en 语言')
  .action(async (options) => (await import('./commands/simulate.ts')).simulate(options));

program
  .command('import')
  .description('Take in a roster: areas, schools, people.\n导入名册:责任区、学校、人员。')
  .argument('<file>', 'an .xlsx or .json file Excel 或 JSON 文件')
  .option('--dry-run', 'only say what would change 只检查,不写入')
  .option('--template', 'write an empty .xlsx to fill in, instead 写出一个空白的 Excel 模板')
  .action(async (file, options) => (await import('./commands/import.ts')).importFile(file, options));

program
  .command('export')
  .description('Write the roster to a file.\n导出名册。')
  .argument('<file>', 'an .xlsx or .json file, or - for JSON on the screen')
  .action(async (file) => (await import('./commands/export.ts')).exportFile(file));

program
  .command('settings')
  .description('Show or change what the office may decide.\n查看或修改督导室的设置。')
  .argument('[key]', 'a setting by its key or in words 设置的名称或说法')
  .argument('[value]', 'its new value; "default" takes the own one back 新的值;default 表示恢复默认')
  .option('--history', 'who changed it and when 修改记录')
  .action(async (key, value, options) =>
    (await import('./commands/settings.ts')).settings(key, value, options),
  );

program
  .command('audit')
  .description("Print a school's file in order: who changed what, when.\n查看一所学校的变更记录。")
  .argument('<school>', 'its code or a name 学校代码或校名')
  .option('--json', 'one JSON a line 每行一个 JSON')
  .action(async (school, options) => (await import('./commands/audit.ts')).audit(school, options));

program
  .command('undelivered')
  .description('List the messages that did not arrive, and why.\n列出没有送达的消息及原因。')
  .option('--days <count>', 'how far back 最近几天', '7')
  .option('--json', 'one JSON a line 每行一个 JSON')
  .action(async (options) => (await import('./commands/undelivered.ts')).undelivered(options));

const robot = program.command('robot').description('Group robots of the office.\n督导室登记的群机器人。');
robot
  .command('add')
  .description(
    'Register a group robot; its webhook address is asked for, or read from a pipe.\n登记群机器人,Webhook 地址另行输入。',
  )
  .argument('<name>', 'what it is called 名称')
  .action(async (name) => (await import('./commands/robot.ts')).addRobot(name));
robot
  .command('list')
  .description('List them and whether they work; never their keys.\n列出群机器人及状态,不显示密钥。')
  .action(async () => (await import('./commands/robot.ts')).listRobots());
robot
  .command('remove')
  .description('Take one off and wipe its key.\n移除群机器人并清除密钥。')
  .argument('<name>', 'what it is called 名称')
  .action(async (name) => (await import('./commands/robot.ts')).removeRobot(name));

program
  .command('contacts')
  .description("Compare the roster with WeCom's members.\n对照名册与企业微信通讯录。")
  .option('--end', 'end the access of those who left, however many 停用已离开企业微信的人员')
  .action(async (options) => (await import('./commands/contacts.ts')).contacts(options));

program
  .command('understand')
  .description('Print what the bot understands of a line, as JSON.\n查看机器人如何理解一句话。')
  .argument('[text]', 'the line 一句话')
  .requiredOption('--roster <file>', 'a roster file 名册文件')
  .option('--as <userid>', 'who speaks 说话人的 userid')
  .option('--role <role>', 'inspector, principal or office 说话人的角色')
  .option('--now <instant>', 'what the clock shows 当前时刻')
  .option('--jsonl <file>', 'a file with one {"text", "as" | "role"} a line 每行一句的文件')
  .action(async (text, options) => (await import('./commands/understand.ts')).understand(text, options));

program
  .command('talk')
  .description(
    'Talk with the bot in this terminal, as somebody of the roster.\n在终端里以名册中某人的身份与机器人对话。',
  )
  .option('--as <userid>', 'who speaks; the first inspector when left out 说话人的 userid')
  .option('--now <instant>', 'what the clock shows 当前时刻')
  .option('--locale <locale>', 'zh-CN or en 语言')
  .action(async (options) => (await import('./commands/talk.ts')).talk(options));

program
  .command('doctor')
  .description('Check the configuration and everything it names.\n检查配置及其指向的一切。')
  .action(async () => (await import('./commands/doctor.ts')).doctor());

const office = program
  .command('office')
  .description('Several offices on one deployment.\n一套部署服务多个督导室。');
const envFile = [
  '--env <file>',
  'a file with the WECOM_* variables of its corp, or - for standard input 写有该企业 WECOM_* 变量的文件',
] as const;
office
  .command('add')
  .description('Add an office with a corp of its own.\n增加一个督导室。')
  .argument('<slug>', 'its short name in addresses 代号')
  .requiredOption('--name <name>', 'its full name 全称')
  .option('--short <name>', 'its short name in messages 简称')
  .requiredOption(...envFile)
  .action(async (slug, options) => (await import('./commands/office.ts')).addOffice(slug, options));
office
  .command('set')
  .description('Give an office other credentials.\n更换一个督导室的企业微信凭证。')
  .argument('<slug>', 'its short name in addresses 代号')
  .requiredOption(...envFile)
  .action(async (slug, options) => (await import('./commands/office.ts')).setOffice(slug, options));
office
  .command('close')
  .description('Take an office out of service; nothing is deleted.\n停用一个督导室，数据保留。')
  .argument('<slug>', 'its short name in addresses 代号')
  .action(async (slug) => (await import('./commands/office.ts')).closeOffice(slug));
office
  .command('list')
  .description('List the offices.\n列出全部督导室。')
  .action(async () => (await import('./commands/office.ts')).listOffices());

program
  .command('reseal')
  .description(
    'Seal phones and credentials under a new APP_SECRET.\n更换 APP_SECRET 后重新加密手机号和凭证。',
  )
  .action(async () => (await import('./commands/reseal.ts')).reseal());

const scripts = program.command('scripts').description('Flows and texts of the bot.\n机器人的流程和话术。');
scripts
  .command('check')
  .description('Check all files in bot-scripts and name every fault.\n检查 bot-scripts 里的全部文件。')
  .action(async () => (await import('./commands/scripts.ts')).check());

// `dudao … | head` closes the pipe early; what was asked for is done all the same, and what nobody reads is dropped.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

let asked: string | undefined;
program.hook('preAction', (_, command) => {
  asked = command.opts<{ locale?: string }>().locale;
});

try {
  await program.parseAsync();
} catch (error) {
  const { spokenLocale, tellFault } = await import('./commands/fault.ts');
  tellFault(error, spokenLocale(asked));
}
