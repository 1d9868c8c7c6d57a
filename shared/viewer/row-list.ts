// Numbers of rows, in an array that grows: most columns have a value in few of the rows.

export class RowList {
  rows = new Uint32Array(1024)
  count = 0

  push(row: number): void {
    if (this.count === this.rows.length) {
      const larger = new Uint32Array(this.count * 2)
      larger.set(this.rows)
      this.rows = larger
    }
    this.rows[this.count++] = row
  }
}
