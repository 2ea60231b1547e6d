/** トークンの発行 — by a voucher, or in the demo by one button. An interrupted issue goes on. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { StoredDevice } from '#kit/ctp1/device-screens.ts'
import type { Out } from '#kit/endpoint.ts'
import type { deviceContract } from '#token/device/contract.ts'
import { Button } from '#ui/button.tsx'
import { FaultNotice, problemOf } from '#ui/faults.tsx'
import { TextInput } from '#ui/field.tsx'
import { yenText } from '#ui/format.ts'
import { Card } from '#ui/page.tsx'
import { Loading, Notice } from '#ui/signs.tsx'
import type { ProvisioningRefusal } from './messages.ja.ts'
import { bank, becomeToken } from './provisioning.ts'
import type { DeviceStorage } from './storage.ts'
import { useWords } from './words.ts'

type Policy = Out<(typeof deviceContract)['showDevicePolicy']>

export interface IssuingProps {
  readonly storage: DeviceStorage
  readonly onIssued: (device: StoredDevice) => void
}

export function Issuing({ storage, onIssued }: IssuingProps) {
  const words = useWords().issuing
  const { policy, fault: policyFault, ask } = usePolicy()
  const { going, fault, goesOn, issue } = useIssuing({ storage, onIssued })
  return (
    <Card title={words.title}>
      <div className="flex flex-col gap-4">
        <p>{words.lead}</p>
        {goesOn && <Notice look="info" title={words.unfinished} announced />}
        {fault !== null && <IssuingFault error={fault} />}
        {policy === null && policyFault === null && <Loading />}
        {policyFault !== null && (
          <>
            <IssuingFault error={policyFault} />
            <Button look="secondary" onClick={ask}>
              {words.again}
            </Button>
          </>
        )}
        {policy?.softwareTokens === false && <Notice look="warning" title={words.notTaken} />}
        {policy?.softwareTokens && (
          <>
            {policy.demoCompanies.length > 0 && (
              <DemoCompanies
                companies={policy.demoCompanies}
                going={going}
                onChoice={(companyId) =>
                  issue(companyId, async () => {
                    const { voucher } = await bank.fetchDemoVoucher({ body: { companyId } })
                    return voucher
                  })
                }
              />
            )}
            <VoucherForm
              pending={going === 'voucher'}
              onVoucher={(typed) => issue('voucher', async () => typed)}
            />
            {policy.amountCap !== null && <p>{words.amountCap(yenText(policy.amountCap))}</p>}
          </>
        )}
      </div>
    </Card>
  )
}

interface DemoCompaniesProps {
  readonly companies: Policy['demoCompanies']
  readonly going: string | null
  readonly onChoice: (companyId: string) => void
}

function DemoCompanies({ companies, going, onChoice }: DemoCompaniesProps) {
  const words = useWords().issuing
  return (
    <section className="rounded-8 bg-brand-50 p-4" aria-labelledby="demo-companies">
      <h3 id="demo-companies" className="font-bold">
        {words.demo}
      </h3>
      <p className="mb-3 text-sm">{words.demoLead}</p>
      <div className="flex flex-col gap-2">
        {companies.map(({ id, name }) => (
          <Button key={id} pending={going === id} onClick={() => onChoice(id)}>
            {words.issueFor(name)}
          </Button>
        ))}
      </div>
    </section>
  )
}

interface VoucherFormProps {
  readonly pending: boolean
  readonly onVoucher: (typed: string) => void
}

function VoucherForm({ pending, onVoucher }: VoucherFormProps) {
  const words = useWords().issuing
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState(false)
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const isMissing = typed.trim() === ''
        setMissing(isMissing)
        if (isMissing) document.getElementById('voucher')?.focus()
        else onVoucher(typed)
      }}
    >
      <h3 className="font-bold">{words.voucherTitle}</h3>
      <TextInput
        name="voucher"
        label={words.voucher}
        required
        hint={words.voucherHint}
        error={missing ? words.voucherMissing : undefined}
        value={typed}
        maxLength={80}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button type="submit" look="secondary" pending={pending}>
        {words.issue}
      </Button>
    </form>
  )
}

/** The refusals of the contract have their own sentence here, all the rest its usual one. */
function IssuingFault({ error }: { readonly error: unknown }) {
  const words = useWords().issuing
  const problem = problemOf(error)
  const sentence = words.refusals[problem?.code as ProvisioningRefusal] as string | undefined
  if (sentence !== undefined) return <Notice look="error" title={sentence} announced />
  if (problem === null && error instanceof TypeError) {
    return <Notice look="error" title={words.offline} announced />
  }
  return <FaultNotice error={error} />
}

function usePolicy() {
  const [policy, setPolicy] = useState<Policy | null>(null)
  const [fault, setFault] = useState<unknown>(null)
  useEffect(() => void bank.showDevicePolicy().then(setPolicy, setFault), [])
  const ask = () => {
    setFault(null)
    bank.showDevicePolicy().then(setPolicy, setFault)
  }
  return { policy, fault, ask }
}

/** @returns what is going on: the demo company's id, or `voucher` */
function useIssuing({ storage, onIssued }: IssuingProps) {
  const [going, setGoing] = useState<string | null>(null)
  const [goesOn, setGoesOn] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const isGoing = useRef(false)

  const issue = useCallback(
    (name: string, voucher: () => Promise<string>) => {
      if (isGoing.current) return
      isGoing.current = true
      setGoing(name)
      setFault(null)
      voucher()
        .then((typed) => becomeToken(storage, typed))
        .then(onIssued, setFault)
        .finally(() => {
          isGoing.current = false
          setGoing(null)
          setGoesOn(false)
        })
    },
    [storage, onIssued],
  )
  useEffect(() => {
    const goOn = async () => {
      const unfinished = await storage.unfinished()
      if (unfinished === null) return
      setGoesOn(true)
      issue('voucher', async () => unfinished.voucher)
    }
    goOn().catch(setFault)
  }, [storage, issue])
  return { going, goesOn, fault, issue }
}
