import './styles/tokens.css'
import './styles/base.css'
import { mount } from 'svelte'
import { connect } from './bridge.ts'
import { defaults } from './preferences.svelte.ts'
import { Program } from './program.svelte.ts'
import App from './views/App.svelte'
import Lost from './views/Lost.svelte'

const target = document.body

async function begin(): Promise<void> {
  const connected = await connect()
  if (!connected.ok) return void mount(Lost, { target, props: { error: connected.error } })
  const { bridge } = connected.value
  const [info, settings] = await Promise.all([bridge.call('app.info', {}), bridge.call('settings.get', {})])
  if (!info.ok) return void mount(Lost, { target, props: { error: info.error } })
  const program = new Program(connected.value, info.value, settings.ok ? settings.value : defaults)
  mount(App, { target, props: { program } })
}

void begin()
