using System.Reflection;
using System.Runtime.Loader;

namespace AdxFlow.Loader;

/// <summary>
/// The assembly load context in which AdxFlow and everything it depends on live, so that other modules of the same
/// PowerShell process can carry any other version of Azure.Core, MSAL and the like. This assembly is all that AdxFlow
/// puts into the default context.
/// </summary>
/// <remarks>
/// The pattern is the "loader" of Microsoft's
/// <see href="https://learn.microsoft.com/powershell/scripting/dev-cross-plat/resolving-dependency-conflicts">Resolving
/// PowerShell module assembly dependency conflicts</see>. The context is not collectible: PowerShell keeps cmdlet types
/// for the life of the process.
/// </remarks>
public sealed class LoadContext : AssemblyLoadContext
{
    private const string ContextName = "AdxFlow";

    private static readonly object Initialization = new();
    private static volatile Assembly[]? _assemblies;

    private readonly string _folder;
    private readonly string _frameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private LoadContext(string folder)
        : base(ContextName, isCollectible: false) => _folder = folder;

    /// <summary>
    /// Loads the module's assemblies from the folder of this assembly; the first call does the work, every later one,
    /// from whichever runspace, gets the same assemblies.
    /// </summary>
    /// <returns>
    /// What <c>Import-Module -Assembly</c> has to import: the cmdlets (<c>AdxFlow.PowerShell</c>) first, then
    /// <c>AdxFlow.Core</c>, which holds no cmdlet but the types that a script may name. PowerShell looks for a type name
    /// in the default context and in the assemblies imported into the runspace, and nowhere else.
    /// </returns>
    /// <exception cref="FileNotFoundException">The folder lacks one of the two assemblies.</exception>
    public static Assembly[] Initialize()
    {
        if (_assemblies is { } loaded)
            return loaded;
        lock (Initialization)
        {
            return _assemblies ??= Load(Path.GetDirectoryName(typeof(LoadContext).Assembly.Location)!);
        }
    }

    /// <summary>Resolves an assembly from the module's folder, or leaves it to the default context.</summary>
    /// <param name="assemblyName">The assembly asked for.</param>
    /// <returns>The assembly, or <see langword="null"/> for what the default context has to provide.</returns>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return string.IsNullOrEmpty(assemblyName.CultureName) && File.Exists(path) && !IsInFramework(assemblyName)
            ? LoadFromAssemblyPath(path)
            : null;
    }

    private static Assembly[] Load(string folder)
    {
        var context = new LoadContext(folder);
        return
        [
            context.LoadFromAssemblyPath(Path.Combine(folder, "AdxFlow.PowerShell.dll")),
            context.LoadFromAssemblyPath(Path.Combine(folder, "AdxFlow.Core.dll")),
        ];
    }

    // The folder holds what .NET 8 is too old for, such as System.Text.Json 10. A newer .NET has it built in, precompiled
    // and shared with PowerShell, so its values mean the same on both sides.
    private bool IsInFramework(AssemblyName assemblyName)
    {
        if (!assemblyName.Name!.StartsWith("System.", StringComparison.Ordinal))
            return false;
        string path = Path.Combine(_frameworkFolder, assemblyName.Name + ".dll");
        return File.Exists(path) && GetAssemblyName(path).Version >= assemblyName.Version;
    }
}
