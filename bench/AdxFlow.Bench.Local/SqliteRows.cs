using Microsoft.Data.Sqlite;

namespace AdxFlow.Bench.Local;

/// <summary>SQLite in memory, with the same rows; as the stand-in, without an index.</summary>
internal sealed class SqliteRows : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SqliteRows()
    {
        _connection.Open();
        Run("CREATE TABLE Bench (Id INTEGER, Time INTEGER, Computer TEXT, Value REAL, Ok INTEGER, Message TEXT)");
    }

    /// <summary>Inserts rows as fast as it takes them: one prepared statement, one transaction.</summary>
    public void Insert(long count)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO Bench VALUES ($1, $2, $3, $4, $5, $6)";
        SqliteParameter[] cells = [.. Enumerable.Range(1, 6).Select(i => command.Parameters.Add(new SqliteParameter($"${i}", null)))];
        command.Prepare();
        for (long id = 0; id < count; id++)
        {
            cells[0].Value = id;
            cells[1].Value = SampleRows.Time(id).Ticks;
            cells[2].Value = SampleRows.Computer(id);
            cells[3].Value = SampleRows.Value(id);
            cells[4].Value = SampleRows.Ok(id);
            cells[5].Value = SampleRows.Message(id);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Runs a statement and tells the number of its rows and the first value.</summary>
    public (int Rows, object? First) Run(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every statement is a constant of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        int rows = 0;
        object? first = null;
        while (reader.Read())
        {
            if (rows++ == 0) first = reader.GetValue(0);
        }

        return (rows, first);
    }

    public void Dispose() => _connection.Dispose();
}
