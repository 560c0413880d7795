namespace AdxFlow.Local;

/// <summary>A fault that was added to a <see cref="LocalCluster"/>, as of a moment.</summary>
public sealed class LocalFaultState
{
    internal LocalFaultState(int id, LocalFault fault, int remaining)
    {
        Id = id;
        Fault = fault;
        Remaining = remaining;
    }

    /// <summary>The number by which <see cref="LocalCluster.RemoveFault"/> knows it.</summary>
    public int Id { get; }

    /// <summary>What was added.</summary>
    public LocalFault Fault { get; }

    /// <summary>How many requests it will still strike; 0 once it is spent.</summary>
    public int Remaining { get; }
}
