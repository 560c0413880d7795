using System.Text.Json;
using AdxFlow.Local.Persistence.Records;
using Microsoft.Win32.SafeHandles;

namespace AdxFlow.Local.Persistence;

/// <summary>
/// Appends records to a journal. What was appended is the system's, and survives the end of the process; once
/// <see cref="FlushAsync"/> has come back it is on the disk, and survives a loss of power. Many callers share one flush.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly object _gate = new();
    private readonly object _roundGate = new();
    private readonly Queue<(long Needed, Action Act)> _afterwards = new();
    private string _name;
    private SafeFileHandle _file;
    private long _end;
    private long _flushed;
    private bool _torn;
    private Task _round = Task.CompletedTask;
    private InvalidOperationException? _lost;

    /// <param name="file">The file to write; one that is there is written anew.</param>
    public JournalWriter(string file)
    {
        // A link of that name must not lead the writing elsewhere.
        File.Delete(file);
        _name = file;
        _file = OwnerFile.OpenHandle(file, FileMode.CreateNew);
    }

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
            if (_lost is not null) throw _lost;
            try
            {
                // Takes away what a failed write left, which a further one would make unreadable.
                if (_torn) RandomAccess.SetLength(_file, _end);
                _torn = true;
                RandomAccess.Write(_file, frame, _end);
                _torn = false;
                Interlocked.Add(ref _end, frame.Length);
            }
            catch (Exception e) when (OwnerFile.IsRefusal(e))
            {
                throw CannotWrite(e);
            }
        }
    }

    /// <summary>Comes back when all that was appended until now is on the disk.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public Task FlushAsync()
    {
        long needed = Interlocked.Read(ref _end);
        return Interlocked.Read(ref _flushed) >= needed ? Task.CompletedTask : FlushUpToAsync(needed);
    }

    /// <summary>Does something once all that was appended until now is on the disk, with the next flush.</summary>
    public void WhenFlushed(Action act)
    {
        lock (_afterwards)
            _afterwards.Enqueue((Interlocked.Read(ref _end), act));
    }

    /// <summary>Makes sure that all is on the disk.</summary>
    /// <exception cref="InvalidOperationException">The disk does not take it.</exception>
    public void Flush()
    {
        if (_lost is not null) throw _lost;
        long end = Interlocked.Read(ref _end);
        try
        {
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system may have forgotten what it could not write, and say yes the next time: nothing is promised any more.
            _lost = CannotWrite(e);
            throw _lost;
        }

        lock (_afterwards)
        {
            while (_afterwards.TryPeek(out (long Needed, Action Act) next) && next.Needed <= end)
                _afterwards.Dequeue().Act();
        }

        Interlocked.Exchange(ref _flushed, end);
    }

    /// <summary>Gives the file another name, in place of one that has it, and goes on there.</summary>
    public void MoveTo(string file)
    {
        _file.Dispose();
        File.Move(_name, file, overwrite: true);
        _name = file;
        _file = OwnerFile.OpenHandle(file, FileMode.Open);

        // Brings the new name to the disk too, where the file system flushes names with their files.
        Flush();
    }

    public void Dispose() => _file.Dispose();

    private async Task FlushUpToAsync(long needed)
    {
        while (Interlocked.Read(ref _flushed) < needed)
            await NextRound();
    }

    /// <summary>The round of flushing that goes on, which may have begun too early, or else a new one.</summary>
    private Task NextRound()
    {
        lock (_roundGate)
        {
            if (_round.IsCompleted) _round = Task.Run(Flush);
            return _round;
        }
    }

    private InvalidOperationException CannotWrite(Exception cause) => new($"The stand-in cannot write to '{_name}': {cause.Message}", cause);
}
