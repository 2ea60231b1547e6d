/** 営業日カレンダー — the days on which banks are closed although it is no Saturday or Sunday. */
export interface Calendar {
  /** 祝日 and 年末年始 from the first to the last day, both inclusive, in their order. */
  holidays(from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<readonly Holiday[]>
}

export interface Holiday {
  readonly day: Temporal.PlainDate
  readonly name: string // 名称, e.g. 元日, 銀行休業日
  /** False while it is a forecast, such as 春分の日 of later years. */
  readonly confirmed: boolean
}
