/**
 * 略語表 — the words that a name may be contracted by, and what stands for each. Data only.
 * Sources agree on every row: 全銀協 略語表 as printed by banks for their 総合振込 customers, and the
 * annexed table of a bank's transfer regulation (別表 第5条関係).
 */
export interface Abbreviation {
  readonly short: string
  readonly long: readonly string[] // as written; kana spellings too, where people type them
  /** Contracted at the head of a name only. */
  readonly headOnly?: boolean
}

/** 法人略語: one per name, bracketed. */
export const legalForms: readonly Abbreviation[] = [
  { short: 'ｶ', long: ['株式会社', '㈱', '(株)', 'カブシキガイシャ', 'カブシキカイシャ'] },
  { short: 'ﾕ', long: ['有限会社', '㈲', '(有)', 'ユウゲンガイシャ', 'ユウゲンカイシャ'] },
  { short: 'ﾒ', long: ['合名会社', '㈴', '(名)', 'ゴウメイガイシャ', 'ゴウメイカイシャ'] },
  { short: 'ｼ', long: ['合資会社', '㈾', '(資)', 'ゴウシガイシャ', 'ゴウシカイシャ'] },
  { short: 'ﾄﾞ', long: ['合同会社', '(同)', 'ゴウドウガイシャ', 'ゴウドウカイシャ'] },
  {
    short: 'ｲ',
    long: [
      '医療法人社団',
      '医療法人財団',
      '社会医療法人社団',
      '社会医療法人財団',
      '社会医療法人',
      '医療法人',
      '(医)',
      'イリョウホウジン',
    ],
  },
  {
    short: 'ｻﾞｲ',
    long: ['一般財団法人', '公益財団法人', '財団法人', '㈶', '(財)', 'ザイダンホウジン'],
    headOnly: true,
  },
  {
    short: 'ｼﾔ',
    long: ['一般社団法人', '公益社団法人', '社団法人', '㈳', '(社)', 'シャダンホウジン'],
    headOnly: true,
  },
  { short: 'ｼﾕｳ', long: ['宗教法人', '(宗)', 'シュウキョウホウジン'] },
  { short: 'ｶﾞｸ', long: ['学校法人', '㈻', '(学)', 'ガッコウホウジン'] },
  { short: 'ﾌｸ', long: ['社会福祉法人', '(福)', 'シャカイフクシホウジン'] },
  { short: 'ﾎｺﾞ', long: ['更生保護法人', 'コウセイホゴホウジン'] },
  { short: 'ｿ', long: ['相互会社', 'ソウゴガイシャ', 'ソウゴカイシャ'] },
  { short: 'ﾄｸﾋ', long: ['特定非営利活動法人', 'トクテイヒエイリカツドウホウジン'] },
  { short: 'ﾄﾞｸ', long: ['独立行政法人', 'ドクリツギョウセイホウジン'] },
  { short: 'ﾁﾄﾞｸ', long: ['地方独立行政法人', 'チホウドクリツギョウセイホウジン'] },
  { short: 'ﾓｸ', long: ['中期目標管理法人', 'チュウキモクヒョウカンリホウジン'] },
  { short: 'ｹﾝ', long: ['国立研究開発法人', 'コクリツケンキュウカイハツホウジン'] },
  { short: 'ｼﾂ', long: ['行政執行法人', 'ギョウセイシッコウホウジン'] },
  { short: 'ﾍﾞﾝ', long: ['弁護士法人', 'ベンゴシホウジン'] },
  { short: 'ﾁﾕｳ', long: ['有限責任中間法人', '無限責任中間法人'] },
  { short: 'ｷﾞﾖ', long: ['行政書士法人', 'ギョウセイショシホウジン'] },
  { short: 'ｼﾎｳ', long: ['司法書士法人', 'シホウショシホウジン'] },
  { short: 'ｾﾞｲ', long: ['税理士法人', 'ゼイリシホウジン'] },
  { short: 'ﾀﾞｲ', long: ['国立大学法人', '公立大学法人'] },
  { short: 'ﾉｳ', long: ['農事組合法人', 'ノウジクミアイホウジン'] },
  { short: 'ｶﾝﾘ', long: ['管理組合法人', 'カンリクミアイホウジン'] },
  { short: 'ﾛｳﾑ', long: ['社会保険労務士法人', 'シャカイホケンロウムシホウジン'] },
]

/** 営業所略語: bracketed as well. */
export const officeAbbreviations: readonly Abbreviation[] = [
  { short: 'ｴｲ', long: ['営業所'] },
  { short: 'ｼﾕﾂ', long: ['出張所'] },
]

/** 事業略語: without brackets, wherever they stand. */
export const businessAbbreviations: readonly Abbreviation[] = [
  { short: 'ﾚﾝ', long: ['連合会'] },
  { short: 'ｷﾖｳｻｲ', long: ['共済組合'] },
  { short: 'ｷﾖｳｸﾐ', long: ['協同組合'] },
  { short: 'ｾｲﾒｲ', long: ['生命保険'] },
  { short: 'ｶｲｼﾞﾖｳ', long: ['海上火災保険'] },
  { short: 'ｶｻｲ', long: ['火災海上保険'] },
  { short: 'ｹﾝﾎﾟ', long: ['健康保険組合'] },
  { short: 'ｺｸﾎ', long: ['国民健康保険組合'] },
  { short: 'ｺｸﾎﾚﾝ', long: ['国民健康保険団体連合会'] },
  { short: 'ｼﾔﾎ', long: ['社会保険診療報酬支払基金'] },
  { short: 'ｺｳﾈﾝ', long: ['厚生年金基金'] },
  { short: 'ｼﾞﾕｳｸﾐ', long: ['従業員組合'] },
  { short: 'ﾛｳｸﾐ', long: ['労働組合'] },
  { short: 'ｾｲｷﾖｳ', long: ['生活協同組合'] },
  { short: 'ｼﾖｸﾊﾝｷﾖｳ', long: ['食糧販売協同組合'] },
  { short: 'ｺｸｷﾖｳﾚﾝ', long: ['国家公務員共済組合連合会'] },
  { short: 'ﾉｳｷﾖｳﾚﾝ', long: ['農業協同組合連合会'] },
  { short: 'ｹｲｻﾞｲﾚﾝ', long: ['経済農業協同組合連合会'] },
  { short: 'ｷﾖｳｻｲﾚﾝ', long: ['共済農業協同組合連合会'] },
  { short: 'ｷﾞﾖｷﾖｳ', long: ['漁業協同組合'] },
  { short: 'ｷﾞﾖﾚﾝ', long: ['漁業協同組合連合会'] },
  { short: 'ｼﾖｸｱﾝ', long: ['公共職業安定所'] },
  { short: 'ｼﾔｷﾖｳ', long: ['社会福祉協議会'] },
  { short: 'ﾄｸﾖｳ', long: ['特別養護老人ホーム'] },
  { short: 'ﾕｳｸﾐ', long: ['有限責任事業組合'] },
]
