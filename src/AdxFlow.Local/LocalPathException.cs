namespace AdxFlow.Local;

/// <summary>A folder that <see cref="LocalClusterOptions.Path"/> names cannot be used. Nothing in it was changed.</summary>
public sealed class LocalPathException : Exception
{
    internal LocalPathException(LocalPathProblem problem, string path, string message, Exception? cause = null)
        : base(message, cause)
    {
        Problem = problem;
        Path = path;
    }

    /// <summary>Why it cannot be used.</summary>
    public LocalPathProblem Problem { get; }

    /// <summary>The folder.</summary>
    public string Path { get; }
}
