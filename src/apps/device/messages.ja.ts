/** カメラ付きトークン — what stands on the device's screen, and on the page around it. */
import type { DeviceError } from '#kit/ctp1/device-screens.ts'
import type { RefusalOf } from '#kit/endpoint.ts'
import type { deviceContract } from '#token/device/contract.ts'
import type { FilmFault } from './camera.ts'
import { ja as signature } from '#ui/signature.messages.ja.ts'
import type { PictureFault } from './reading.ts'

/** Of either call that makes this device a token. */
export type ProvisioningRefusal =
  | RefusalOf<(typeof deviceContract)['provisionSoftwareToken']>
  | RefusalOf<(typeof deviceContract)['fetchDemoVoucher']>

export const ja = {
  title: 'カメラ付きトークン',
  standing: {
    title: 'ソフトウェアで動くトークンです',
    says: 'インターネットバンキングを操作するパソコンやスマートフォンとは、別の端末でお使いください。同じ端末でのご利用は、デモでお試しになる場合に限ります。',
  },
  elsewhere: {
    title: '別のタブで開いています',
    says: 'このトークンは、すでに別のタブまたはウィンドウで開いています。そちらをお使いください。閉じると、この画面で使えるようになります。',
  },
  opening: 'トークンを準備しています',
  broken: {
    title: 'トークンを使えません',
    says: 'このブラウザにデータを保存できませんでした。プライベートウィンドウを使っている場合は、通常のウィンドウで開き直してください。',
  },

  buttons: {
    group: 'トークンのボタン',
    left: '左ボタン',
    centre: '中央ボタン',
    right: '右ボタン',
    holdHint:
      '中央ボタンの長押しで、電源が入ります（もう一度で切れます）。左ボタンを押しながら長押しすると、メニューが開きます。',
    instead: '長押しの代わり',
    power: '電源を入れる・切る',
    menu: 'メニュー',
    keys: 'キーボード：← 左　Enter 中央（長押しで電源）　→ 右',
  },

  screen: {
    label: 'トークンの画面',
    off: '電源が切れています',
    soft: {
      back: '戻る',
      next: '次へ',
      read: '読み取る',
      yes: 'はい',
      no: 'いいえ',
      done: '終了',
      choose: '選択',
      code: '番号を表示',
      first: '最初へ',
    },
    blank: {
      title: '未発行',
      says: 'シリアル番号がありません。先にトークンを発行してください。',
    },
    dp002: {
      title: '未登録',
      says: 'トークンの利用登録がまだです。右ボタンを押して、ブラウザ画面の二次元コードを読み取ってください。',
    },
    ready: {
      title: '利用できます',
      says: '右ボタンを押して、ブラウザ画面の二次元コードを読み取ってください。',
    },
    camera: {
      title: '読み取り',
      second: '読み取り（2回目）',
      aim: '二次元コードをかざしてください',
    },
    noFilm: '読み取る方法を選んでください',
    authenticationCode: {
      title: 'トークン認証コード',
      says: 'この12桁をブラウザ画面に入力し、「トークン認証」を押してください。',
    },
    help: {
      title: '登録の手順',
      page: {
        1: '12桁の「トークン認証コード」をブラウザ画面に入力し、「トークン認証」ボタンを押してください。',
        2: 'ブラウザ画面が「トランザクション認証」に切り替わったら、右ボタンを押して二次元コードを読み取ってください。',
      },
    },
    replacement: {
      title: '登録の置き換え',
      says: 'このトークンは登録済みです。新しく登録すると、今までの登録は使えなくなります。続けますか？',
    },
    registration: {
      title: 'トークン登録',
      says: 'この8桁をブラウザ画面に入力し、右ボタンを2回押してください。',
    },
    confirmation: {
      title: 'トークン登録',
      says: '8桁の番号をブラウザ画面に入力しましたか？',
    },
    seconds: (count: number) => `残り ${count}秒`,
    activated: {
      title: '登録完了',
      says: 'トークンの利用登録が完了しました。ブラウザ画面の「登録完了」にチェックを入れてください。',
    },
    transactionCode: {
      title: '認証番号',
      says: '内容が正しい場合だけ、この8桁をブラウザ画面に入力してください。電話の相手には伝えないでください。',
    },
    menu: { title: 'メニュー', info: 'トークン情報' },
    info: {
      title: 'トークン情報',
      serial: 'シリアル番号',
      tokenCode: 'トークンコード',
      noTokenCode: '未登録',
      bankCode: '金融機関',
      kind: '種類',
      software: 'ソフトウェア',
      hardware: '専用機',
      build: 'ビルド',
    },
    page: (page: number, pages: number) => `${page}/${pages}`,
    errorTitle: 'エラー',
    errors: {
      'E-VER': 'この二次元コードの形式には対応していません。トークンを新しくしてください。',
      'E-TYPE': 'この二次元コードの種類には対応していません。',
      'E-AUTH':
        'このトークンあての二次元コードではないか、内容が正しくありません。シリアル番号をご確認のうえ、もう一度表示させてください。',
      'E-SEQ': '手順が違います。ブラウザ画面の二次元コードを、1つ目から順に読み取ってください。',
      'E-OLD': '古い二次元コードです。ブラウザ画面に新しい二次元コードを表示させてください。',
      'E-TAG': '表示できない項目が含まれるため、認証できません。',
      E012: '90秒以内に操作されなかったため、登録を取り消しました。最初からやり直してください。',
    } satisfies Record<DeviceError, string>,
  },

  /** Word by word as the bank's page writes them: people compare. */
  templates: signature.templates,
  tags: signature.fields,
  unknownTag: (number: string) => `項目 ${number}`,
  values: {
    yen: (figures: string) => `${figures}円`,
    count: (figures: string) => `${figures}件`,
    date: (year: string, month: string, day: string) => `${year}/${month}/${day}`,
    kinds: { 1: '普通', 2: '当座', 4: '貯蓄' } as Readonly<Record<string, string>>,
    warnings: {
      1: '電話やメールで番号を聞かれていませんか？ 伝えてはいけません。',
    } as Readonly<Record<string, string>>,
    warning: (number: string) => `注意喚起 ${number}`,
  },

  reading: {
    title: '二次元コードの読み取り',
    lead: '読み取る方法を選べます。どの方法でも、画像はこの端末の外に送られません。',
    camera: 'カメラで読み取る',
    window: '画面やタブを共有して読み取る',
    picture: '画像ファイルを選ぶ',
    pictureHint:
      '画面の写し（スクリーンショット）は、ここへのドラッグ＆ドロップや貼り付け（Ctrl+V）でも読み取れます。',
    drop: '画像をここで離してください',
    stop: '停止する',
    state: {
      opening: '準備しています…（確認の画面が出たら、許可してください）',
      camera: 'カメラで読み取り中です。',
      window: '共有された画面から読み取り中です。ブラウザ画面に二次元コードを表示してください。',
      picture: '画像を読み取っています…',
    },
    faults: {
      'not-offered': 'このブラウザでは利用できません。ほかの方法で読み取ってください。',
      denied:
        'カメラの使用が許可されていません。ブラウザの設定で許可するか、ほかの方法で読み取ってください。',
      missing: 'カメラが見つかりません。ほかの方法で読み取ってください。',
      busy: 'カメラをほかのアプリが使っています。終了してから、もう一度お試しください。',
      'not-shared': '画面が共有されませんでした。',
      'reader-missing':
        '読み取り機能を読み込めませんでした。ネットワークに接続して、ページを開き直してください。',
      unreadable: '画像として開けないファイルです。PNGやJPEGの画像を選んでください。',
      'no-code':
        'この画像には二次元コードが見つかりません。二次元コード全体が写った画像を選んでください。',
      'foreign-code': 'この二次元コードは、トークン用のものではありません。',
    } satisfies Record<FilmFault | PictureFault, string>,
  },

  issuing: {
    title: 'トークンの発行',
    lead: 'この端末をトークンとして使うには、シリアル番号の発行を受けてください。',
    demo: 'デモの企業で試す',
    demoLead: '企業を選ぶと、引換コードの受け取りから発行まで一度に行います。',
    issueFor: (company: string) => `${company}のトークンを発行`,
    voucherTitle: '引換コードで発行する',
    voucher: '引換コード',
    voucherHint: 'お取引店でお渡しした引換コードを入力してください。ハイフンは省略できます。',
    voucherMissing: '引換コードを入力してください。',
    issue: '発行する',
    unfinished: '前回の発行が途中です。続きから行います。',
    amountCap: (yen: string) => `このトークンで認証できる取引は、1件${yen}円までです。`,
    notTaken: '現在、ソフトウェアトークンの発行は行っていません。専用のトークンをお使いください。',
    offline: '発行にはネットワークの接続が必要です。接続をご確認のうえ、もう一度お試しください。',
    again: 'もう一度試す',
    refusals: {
      'software-tokens-not-taken': 'ソフトウェアトークンの発行は行っていません。',
      'voucher-unknown':
        '引換コードが正しくないか、別の端末で使用済みです。お取引店にご確認ください。',
      'voucher-expired': '引換コードの有効期限が切れています。お取引店で再発行を受けてください。',
      'public-key-malformed': 'この端末の鍵を作成できませんでした。もう一度お試しください。',
      'not-in-the-demo': 'デモではないため、この方法では発行できません。',
      'company-unknown': '企業が見つかりません。ページを開き直してください。',
    } satisfies Record<ProvisioningRefusal, string>,
  },

  serial: {
    title: 'シリアル番号',
    lead: '「トランザクション認証利用開始登録」の画面に、2回入力してください。',
    copy: 'コピーする',
    copied: 'コピーしました',
  },
  use: {
    title: '登録のしかた',
    steps: [
      'ブラウザ画面に「シリアル番号」を2回入力します。',
      '中央ボタンを長押しして、電源を入れます。',
      '右ボタンを押して、ブラウザ画面の二次元コードを読み取ります。',
      '表示された12桁を入力し、右ボタンを3回押して、2つ目の二次元コードを読み取ります。',
      '表示された8桁を入力し、90秒以内に右ボタンを2回押します。',
      '「The device is activated.」と表示されたら、登録完了です。',
    ],
    signingTitle: '認証のしかた',
    signingSteps: [
      'ブラウザ画面に二次元コードを表示させます。',
      '中央ボタンを長押しして電源を入れ、右ボタンを押して読み取ります。',
      '表示された内容を確かめながら、右ボタンで最後まで進みます。',
      '内容が正しければ、表示された8桁をブラウザ画面に入力します。',
    ],
  },
  keeping: {
    title: 'この端末の情報',
    build: 'ビルド',
    offline: 'オフラインでの利用',
    offlineReady: 'できます',
    offlineNotYet: '準備中です',
    offlineNever: 'このブラウザではできません',
    persistence: 'データの保護',
    persisted: '保護されています',
    notPersisted: 'ブラウザが自動的に消去する場合があります。ホーム画面に追加すると保護されます。',
    newer: '新しい版があります。',
    update: '更新する',
    wipe: 'この端末のトークンを消去する',
  },
  wiping: {
    title: 'トークンを消去しますか？',
    says: 'シリアル番号と鍵を、この端末から完全に消去します。元には戻せません。もう一度使うには、新しい引換コードと利用登録が必要です。',
    bank: '銀行側の登録は残ります。管理者ユーザによる「トークン失効」も行ってください。',
    cancel: 'やめる',
    wipe: '消去する',
    wiped: 'トークンを消去しました。',
  },
}
