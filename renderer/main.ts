import { fragment } from '../shared/web.ts'
import { begin } from './begin.ts'
import { connect } from './bridge.ts'

void connect().then(begin)

// A fresh address that is put into this tab differs from its own in the fragment alone, for which no page is loaded.
addEventListener('hashchange', () => {
  if (location.hash.startsWith(`#${fragment.code}=`)) location.reload()
})
