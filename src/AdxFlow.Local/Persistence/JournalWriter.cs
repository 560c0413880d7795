using System.Text.Json;
using AdxFlow.Local.Persistence.Records;

namespace AdxFlow.Local.Persistence;

/// <summary>Appends records to a journal. What was appended is the system's, and survives the end of the process.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly object _gate = new();
    private FileStream _file;
    private long _end;
    private bool _torn;

    /// <param name="file">The file to write; one that is there is written anew.</param>
    public JournalWriter(string file) => _file = Open(file, FileMode.Create);

    /// <summary>Appends a record and the rows that belong to it, both or neither.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Append(StateRecord record, ReadOnlySpan<byte> rows)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(record, StateRecord.Json);
        byte[] frame = GC.AllocateUninitializedArray<byte>(JournalFrame.HeadBytes + json.Length + rows.Length);
        json.CopyTo(frame.AsSpan(JournalFrame.HeadBytes));
        rows.CopyTo(frame.AsSpan(JournalFrame.HeadBytes + json.Length));
        JournalFrame.Write(frame, json.Length);
        lock (_gate)
        {
            try
            {
                CutOff();
                _torn = true;
                _file.Write(frame);
                _torn = false;
                _end += frame.Length;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidOperationException($"The stand-in cannot write to '{_file.Name}': {e.Message}", e);
            }
        }
    }

    /// <summary>Makes sure that all is on disk.</summary>
    public void Flush()
    {
        lock (_gate)
            _file.Flush(flushToDisk: true);
    }

    /// <summary>Gives the file another name, in place of one that has it, and goes on there.</summary>
    public void MoveTo(string file)
    {
        lock (_gate)
        {
            string from = _file.Name;
            _file.Dispose();
            File.Move(from, file, overwrite: true);
            _file = Open(file, FileMode.Open);
            _file.Position = _end;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _file.Dispose();
    }

    // No buffer: a write is the system's when it returns.
    private static FileStream Open(string file, FileMode mode) => new(file, mode, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Takes away what a failed write left, which a further one would make unreadable.</summary>
    private void CutOff()
    {
        if (!_torn) return;
        _file.SetLength(_end);
        _file.Position = _end;
        _torn = false;
    }
}
