/* The floor of ingestion: inserts already-parsed rows into the store's table `sample` in log order, one prepared
   statement per row, write-ahead log, 131072 rows per transaction. Usage: floor FILE STEPS METRICS */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *db;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
    exit(1);
}

int main(int count, char **words) {
    if (count != 4) return 64;
    long steps = atol(words[2]), metrics = atol(words[3]), rows = steps * metrics;
    double *values = malloc(sizeof(double) * rows);
    for (long row = 0; row < rows; row++) values[row] = 1.0 / (row + 1);
    check(sqlite3_open(words[1], &db));
    check(sqlite3_exec(db,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;"
        "CREATE TABLE sample (metric_id INTEGER NOT NULL, step INTEGER NOT NULL, seq INTEGER NOT NULL, epoch REAL,"
        " wall_time REAL, value REAL, PRIMARY KEY (metric_id, step, seq)) STRICT, WITHOUT ROWID",
        0, 0, 0));
    sqlite3_stmt *insert;
    check(sqlite3_prepare_v2(db, "INSERT INTO sample VALUES (?, ?, ?, ?, ?, ?)", -1, &insert, 0));
    for (long row = 0; row < rows; row++) {
        if (row % 131072 == 0) {
            if (row) check(sqlite3_exec(db, "COMMIT", 0, 0, 0));
            check(sqlite3_exec(db, "BEGIN IMMEDIATE", 0, 0, 0));
        }
        long step = row / metrics;
        sqlite3_bind_int64(insert, 1, row % metrics + 1);
        sqlite3_bind_int64(insert, 2, step);
        sqlite3_bind_int64(insert, 3, step);
        sqlite3_bind_double(insert, 4, step / 10000);
        sqlite3_bind_null(insert, 5);
        sqlite3_bind_double(insert, 6, values[row]);
        check(sqlite3_step(insert));
        check(sqlite3_reset(insert));
    }
    check(sqlite3_exec(db, "COMMIT", 0, 0, 0));
    sqlite3_finalize(insert);
    check(sqlite3_close(db));
    return 0;
}
