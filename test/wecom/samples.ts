// One sample of each message and event, in the shapes that the platform's pages show, with what it must become.
const head = (from: string) =>
  `<ToUserName><![CDATA[ww0123456789abcdef]]></ToUserName><FromUserName><![CDATA[${from}]]></FromUserName><CreateTime>1718000000</CreateTime>`;

export const message = (type: string, body: string) =>
  `<xml>${head('li.si')}<MsgType><![CDATA[${type}]]></MsgType>${body}<MsgId>7361234567890123456</MsgId><AgentID>1000007</AgentID></xml>`;

export const event = (name: string, body = '', from = 'li.si') =>
  `<xml>${head(from)}<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event><AgentID>1000007</AgentID>${body}</xml>`;

const c = (name: string, text: string) => `<${name}><![CDATA[${text}]]></${name}>`;
const scan = `<ScanCodeInfo>${c('ScanType', 'qrcode')}${c('ScanResult', 'ASSET-0042')}</ScanCodeInfo>`;
const pics = `<SendPicsInfo><Count>1</Count><PicList><item>${c('PicMd5Sum', '0123456789abcdef')}</item></PicList></SendPicsInfo>`;
const place = `<SendLocationInfo>${c('Location_X', '31.23')}${c('Location_Y', '121.47')}${c('Scale', '15')}${c('Label', '人民大道')}${c('Poiname', '')}</SendLocationInfo>`;
const card = `${c('EventKey', 'approve')}${c('TaskId', 'task-1')}${c('CardType', 'button_interaction')}${c('ResponseCode', 'rc-abc')}`;
const approval = `<ApprovalInfo>${c('ThirdNo', 'REQ-77')}${c('OpenSpName', '采购')}${c('OpenTemplateId', 'tpl-1')}<OpenSpStatus>2</OpenSpStatus><ApplyTime>1718000000</ApplyTime>${c('ApplyUserName', '李四')}${c('ApplyUserId', 'li.si')}${c('ApplyUserParty', '工程部')}${c('ApplyUserImage', 'https://example.invalid/u.png')}<ApprovalNodes><ApprovalNode><NodeStatus>2</NodeStatus><NodeAttr>1</NodeAttr><NodeType>1</NodeType><Items><Item>${c('ItemName', '王五')}${c('ItemUserId', 'wang.wu')}${c('ItemImage', '')}<ItemStatus>2</ItemStatus>${c('ItemSpeech', '同意')}<ItemOpTime>1718000179</ItemOpTime></Item></Items></ApprovalNode></ApprovalNodes><NotifyNodes></NotifyNodes><approverstep>0</approverstep></ApprovalInfo>`;

const located = { latitude: 31.23, longitude: 121.47, scale: 15, label: '人民大道', poiName: '' };
const tapped = {
  eventKey: 'approve',
  taskId: 'task-1',
  cardType: 'button_interaction',
  responseCode: 'rc-abc',
};
const scanned = { eventKey: 'K', scanType: 'qrcode', scanResult: 'ASSET-0042' };
const pictured = { eventKey: 'K', count: 1, md5s: ['0123456789abcdef'] };
const KEY = c('EventKey', 'K');
const sys = (name: string, body = '') => event(name, body, 'sys');
const contact = (type: string, body: string) =>
  sys('change_contact', `<ChangeType>${type}</ChangeType>${body}`);

/** [what it is, its XML, the fields it must have] */
export const samples: readonly (readonly [string, string, object])[] = [
  [
    'text',
    message('text', c('Content', ' 帮助 ')),
    { kind: 'text', content: ' 帮助 ', msgId: '7361234567890123456' },
  ],
  [
    'image',
    message('image', c('PicUrl', 'https://example.invalid/p.jpg') + c('MediaId', 'm1')),
    { kind: 'image', mediaId: 'm1', picUrl: 'https://example.invalid/p.jpg' },
  ],
  [
    'voice',
    message('voice', c('MediaId', 'm2') + c('Format', 'amr')),
    { kind: 'voice', mediaId: 'm2', format: 'amr' },
  ],
  [
    'video',
    message('video', c('MediaId', 'm3') + c('ThumbMediaId', 'm4')),
    { kind: 'video', mediaId: 'm3', thumbMediaId: 'm4' },
  ],
  [
    'location',
    message(
      'location',
      '<Location_X>31.230416</Location_X><Location_Y>121.473701</Location_Y><Scale>15</Scale><Label>黄浦区</Label><AppType><![CDATA[wxwork]]></AppType>',
    ),
    {
      kind: 'location',
      latitude: 31.230416,
      longitude: 121.473701,
      scale: 15,
      label: '黄浦区',
      appType: 'wxwork',
    },
  ],
  [
    'link',
    message('link', c('Title', 'T') + c('Description', 'D') + c('Url', 'https://a.b/') + c('PicUrl', '')),
    { kind: 'link', title: 'T', description: 'D', url: 'https://a.b/', picUrl: '' },
  ],
  [
    'file',
    message('file', c('FileName', '整改报告.pdf') + c('MediaId', 'm5')),
    { kind: 'file', fileName: '整改报告.pdf', mediaId: 'm5' },
  ],
  ['file without a name', message('file', ''), { kind: 'file', fileName: '', mediaId: '' }],
  ['subscribe', event('subscribe'), { kind: 'subscribe', fromUser: 'li.si', agentId: 1000007 }],
  ['unsubscribe', event('unsubscribe'), { kind: 'unsubscribe' }],
  ['enter_agent', event('enter_agent', c('EventKey', '')), { kind: 'enter_agent', eventKey: '' }],
  [
    'LOCATION',
    event(
      'LOCATION',
      '<Latitude>31.2304</Latitude><Longitude>121.4737</Longitude><Precision>40.000</Precision><AppType>wxwork</AppType>',
    ),
    { kind: 'location_report', latitude: 31.2304, longitude: 121.4737, precision: 40, appType: 'wxwork' },
  ],
  ['click', event('click', c('EventKey', 'MENU_TODO')), { kind: 'click', eventKey: 'MENU_TODO' }],
  [
    'view',
    event('view', c('EventKey', 'https://a.b/?c=1&d=2')),
    { kind: 'view', eventKey: 'https://a.b/?c=1&d=2' },
  ],
  ['view_miniprogram', event('view_miniprogram', KEY), { kind: 'view_miniprogram', eventKey: 'K' }],
  ['scancode_push', event('scancode_push', KEY + scan), { kind: 'scancode_push', ...scanned }],
  ['scancode_waitmsg', event('scancode_waitmsg', KEY + scan), { kind: 'scancode_waitmsg', ...scanned }],
  ['pic_sysphoto', event('pic_sysphoto', KEY + pics), { kind: 'pic_sysphoto', ...pictured }],
  [
    'pic_photo_or_album',
    event('pic_photo_or_album', KEY + pics),
    { kind: 'pic_photo_or_album', ...pictured },
  ],
  ['pic_weixin', event('pic_weixin', KEY + pics), { kind: 'pic_weixin', ...pictured }],
  [
    'location_select',
    event('location_select', KEY + place + c('AppType', 'wxwork')),
    { kind: 'location_select', eventKey: 'K', ...located, appType: 'wxwork' },
  ],
  [
    'batch_job_result',
    sys(
      'batch_job_result',
      `<BatchJob>${c('JobId', '12345678901234567890')}${c('JobType', 'sync_user')}<ErrCode>0</ErrCode>${c('ErrMsg', 'ok')}</BatchJob>`,
    ),
    {
      kind: 'batch_job_result',
      jobId: '12345678901234567890',
      jobType: 'sync_user',
      errCode: 0,
      errMsg: 'ok',
    },
  ],
  [
    'create_user',
    contact(
      'create_user',
      `${c('UserID', 'wang.wu')}${c('Department', '2,7')}${c('IsLeaderInDept', '1,0')}<ExtAttr><Item>${c('Name', '职称')}<Type>0</Type><Text>${c('Value', '高级')}</Text></Item></ExtAttr>`,
    ),
    {
      changeType: 'create_user',
      userId: 'wang.wu',
      details: {
        departments: [2, 7],
        isLeader: [true, false],
        extAttrs: [{ name: '职称', type: 0, value: '高级', url: '' }],
      },
    },
  ],
  [
    'update_user',
    contact('update_user', c('UserID', 'a') + c('NewUserID', 'b') + c('Position', '')),
    { changeType: 'update_user', userId: 'a', newUserId: 'b', details: { position: '' } },
  ],
  ['delete_user', contact('delete_user', c('UserID', 'a')), { changeType: 'delete_user', userId: 'a' }],
  [
    'create_party',
    contact('create_party', '<Id>7</Id><Name>督学组</Name><ParentId>2</ParentId><Order>10</Order>'),
    { changeType: 'create_party', id: 7, name: '督学组', parentId: 2, order: 10 },
  ],
  [
    'update_party',
    contact('update_party', '<Id>7</Id><ParentId>2</ParentId>'),
    { changeType: 'update_party', id: 7, name: undefined, parentId: 2 },
  ],
  ['delete_party', contact('delete_party', '<Id>7</Id>'), { changeType: 'delete_party', id: 7 }],
  [
    'update_tag',
    contact('update_tag', `<TagId>3</TagId>${c('AddUserItems', 'li.si,wang.wu')}${c('DelPartyItems', '4')}`),
    {
      changeType: 'update_tag',
      tagId: 3,
      addedUsers: ['li.si', 'wang.wu'],
      removedUsers: [],
      addedParties: [],
      removedParties: [4],
    },
  ],
  [
    'open_approval_change',
    sys('open_approval_change', approval),
    {
      kind: 'open_approval_change',
      thirdNo: 'REQ-77',
      status: 2,
      applicant: { userId: 'li.si', name: '李四', party: '工程部', image: 'https://example.invalid/u.png' },
      nodes: [
        {
          status: 2,
          attr: 1,
          type: 1,
          items: [
            { userId: 'wang.wu', name: '王五', image: '', status: 2, speech: '同意', decidedAt: 1718000179 },
          ],
        },
      ],
      notified: [],
      step: 0,
    },
  ],
  ['template_card_event without choices', event('template_card_event', card), { ...tapped, selected: [] }],
  [
    'template_card_event',
    event(
      'template_card_event',
      `${card}<SelectedItems><SelectedItem>${c('QuestionKey', 'reason')}<OptionIds>${c('OptionId', 'r1')}</OptionIds></SelectedItem><SelectedItem>${c('QuestionKey', 'more')}<OptionIds>${c('OptionId', 'a')}${c('OptionId', 'b')}</OptionIds></SelectedItem></SelectedItems>`,
    ),
    {
      kind: 'template_card_event',
      ...tapped,
      selected: [
        { questionKey: 'reason', optionIds: ['r1'] },
        { questionKey: 'more', optionIds: ['a', 'b'] },
      ],
    },
  ],
  [
    'template_card_menu_event',
    event('template_card_menu_event', card),
    { kind: 'template_card_menu_event', ...tapped },
  ],
  ['share_agent_change', sys('share_agent_change'), { kind: 'share_agent_change', fromUser: 'sys' }],
  ['share_chain_change', sys('share_chain_change'), { kind: 'share_chain_change' }],
  [
    'inactive_alert',
    sys('inactive_alert', '<EffectTime>1718600000</EffectTime>'),
    { kind: 'inactive_alert', effectTime: 1718600000 },
  ],
  ['close_inactive_agent', sys('close_inactive_agent'), { kind: 'close_inactive_agent' }],
  ['reopen_inactive_agent', event('reopen_inactive_agent'), { kind: 'reopen_inactive_agent' }],
  [
    'low_active_alert',
    sys('low_active_alert', '<EffectTime>1718600000</EffectTime>'),
    { kind: 'low_active_alert', effectTime: 1718600000 },
  ],
  ['low_active', sys('low_active'), { kind: 'low_active' }],
  ['active_restored', sys('active_restored'), { kind: 'active_restored' }],
  [
    'switch_workbench_mode, with the stray space of its page',
    sys('switch_workbench_mode', '<Mode>1</Mode >'),
    { kind: 'switch_workbench_mode', custom: true },
  ],
  [
    'upload_media_job_finish',
    sys('upload_media_job_finish', c('JobId', 'job-1')),
    { kind: 'upload_media_job_finish', jobId: 'job-1' },
  ],
  [
    'sys_approval_change',
    sys(
      'sys_approval_change',
      '<ApprovalInfo><SpNo>202011220001</SpNo><SpStatus>1</SpStatus></ApprovalInfo>',
    ),
    { kind: 'sys_approval_change', approval: { SpNo: '202011220001', SpStatus: '1' } },
  ],
  [
    'taskcard_click',
    event('taskcard_click', c('EventKey', 'k') + c('TaskId', 't')),
    { kind: 'taskcard_click', eventKey: 'k', taskId: 't' },
  ],
];
