// The page begins: whatever it is connected to, the program is the same from here on.
import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import type { AppError, Result } from '../shared/result.ts'
import { languageOf } from '../shared/words/language.ts'
import type { Connected } from './bridge.ts'
import { explainIn, speak } from './languages.ts'
import { defaults } from './preferences.svelte.ts'
import { Program } from './program.svelte.ts'
import App from './views/App.svelte'
import Lost from './views/Lost.svelte'

const target = document.body

export async function begin(connected: Result<Connected>): Promise<void> {
  if (!connected.ok) return lose(connected.error)
  const { bridge } = connected.value
  const [info, kept] = await Promise.all([bridge.call('app.info', {}), bridge.call('settings.get', {})])
  if (!info.ok) return lose(info.error)
  const settings = kept.ok ? kept.value : defaults
  const speech = await speak(languageOf(settings.language, navigator.languages))
  const program = new Program(connected.value, info.value, settings, speech)
  mount(App, { target, props: { program } })
}

async function lose(error: AppError): Promise<void> {
  const speech = await speak(languageOf('system', navigator.languages))
  document.documentElement.lang = speech.language
  mount(Lost, { target, props: { title: speech.words.window.failed.lost, text: explainIn(speech)(error) } })
}
