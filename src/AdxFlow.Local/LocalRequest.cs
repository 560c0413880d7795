namespace AdxFlow.Local;

/// <summary>A request that reached the stand-in.</summary>
public sealed class LocalRequest
{
    private int _status;
    private string _principal = "";

    internal LocalRequest(string method, string path)
    {
        Method = method;
        Path = path;
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path as it was sent, without the query string (which may hold a signature).</summary>
    public string Path { get; }

    /// <summary>The HTTP status code answered; 0 until then, and where the connection was closed without an answer.</summary>
    public int Status
    {
        get => Volatile.Read(ref _status);
        internal set => Volatile.Write(ref _status, value);
    }

    /// <summary>Who sent it, as a fully qualified principal name (<c>aadapp=…;…</c>), or on the Adobe side as the client id; empty
    /// where that was not established.</summary>
    public string Principal
    {
        get => Volatile.Read(ref _principal);
        internal set => Volatile.Write(ref _principal, value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path} {Status}";
}
