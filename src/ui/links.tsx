/** Links within the counter, and links that fetch a file. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { buttonLook, type ButtonProps } from './button.tsx'
import { classes } from './classes.ts'

export const linkLook =
  'text-brand-800 underline underline-offset-4 hover:text-brand-900 hover:decoration-2'

export interface TextLinkProps {
  readonly to: string
  readonly params?: Readonly<Record<string, string>>
  readonly search?: Readonly<Record<string, unknown>>
  readonly className?: string
  readonly children: ReactNode
}

export function TextLink({ className, ...link }: TextLinkProps) {
  return <Link {...(link as { to: string })} className={classes(linkLook, className)} />
}

export type ButtonLinkProps = TextLinkProps & Pick<ButtonProps, 'look' | 'size'>

export function ButtonLink({ look, size, className, ...link }: ButtonLinkProps) {
  return (
    <Link {...(link as { to: string })} className={classes(buttonLook(look, size), className)} />
  )
}
