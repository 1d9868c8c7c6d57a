/** The browser's own dialog for files; none where it is closed without a choice. */
export function pickFiles(): Promise<readonly File[]> {
  const picker = document.createElement('input')
  picker.type = 'file'
  picker.multiple = true // a database and its -wal
  return new Promise((resolve) => {
    picker.addEventListener('change', () => resolve([...(picker.files ?? [])]))
    picker.addEventListener('cancel', () => resolve([]))
    picker.click()
  })
}
