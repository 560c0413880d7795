using System.Data;
using System.Management.Automation;
using AdxFlow.PowerShell.Support;

namespace AdxFlow.PowerShell.Ingestion;

/// <summary>Sends objects, files or a reader's rows to a table, in compressed batches, and says what was sent.</summary>
// Here is what one may say; SendAdxDataCommand.Processing.cs has what is done.
// No default parameter set: with one, PowerShell's binder walks the parameters nearly twice as often for every object.
[Cmdlet(VerbsCommunications.Send, "AdxData", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AdxIngestion))]
public sealed partial class SendAdxDataCommand : ConnectedCmdlet
{
    private const string ObjectSet = "Object";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string DataReaderSet = "DataReader";
    private const string UriSet = "Uri";
    private const string ContainerSet = "Container";

    /// <summary>The table to send to.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TableNameCompleter))]
    public string Table { get; set; } = "";

    /// <summary>Objects, one a row; properties go to the columns of the same name. An array is taken apart.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>Files to send, or directories of them; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files to send, or directories of them, their names taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Sends what is in subdirectories as well.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Names of files to leave out, with wildcards.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Exclude { get; set; } = [];

    /// <summary>Blobs that exist already, each with the right to read it; with -Container, a container or the beginning of names in it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [Parameter(Mandatory = true, ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    public string[] Uri { get; set; } = [];

    /// <summary>The service lists the blobs below -Uri itself and ingests all of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContainerSet)]
    public SwitchParameter Container { get; set; }

    /// <summary>How the names of the blobs end, such as <c>.csv</c>.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    public string? Suffix { get; set; }

    /// <summary>The most blobs to take.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxBlobs { get; set; }

    /// <summary>How many times larger the data is than the blobs, if they are compressed: it helps the service to plan.</summary>
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateRange(1.0, 1000.0)]
    public double? CompressionFactor { get; set; }

    /// <summary>A data reader, whose rows are sent; it is read to its end and left open.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DataReaderSet)]
    [ValidateNotNull]
    public IDataReader? DataReader { get; set; }

    /// <summary>The properties to send, which are columns of the table too; all by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Column { get; set; }

    /// <summary>Makes the table, from the first object or the reader's columns, if there is none.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    public SwitchParameter CreateTable { get; set; }

    /// <summary>The format of files and blobs, told by their names by default; or of text and bytes that come as objects.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    public AdxDataFormat? Format { get; set; }

    /// <summary>A mapping of the table for the files; by default fields go to columns by position (text) or by name (JSON).</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MappingNameCompleter))]
    public string? MappingName { get; set; }

    /// <summary>The first record of each file is a header and is not sent.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    public SwitchParameter IgnoreFirstRecord { get; set; }

    /// <summary>A mapping sent along with files, blobs or text of a -Format: a dictionary ([ordered]@{ Id = '$.id' }), names, its JSON, or a mapping of a table.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    [ValidateNotNullOrEmpty]
    [IngestionMappingTransformation]
    public AdxColumnMapping[]? Mapping { get; set; }

    /// <summary>How the service checks the records of delimited files: None, BestEffort (its default) or Fail.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = UriSet)]
    [Parameter(ParameterSetName = ContainerSet)]
    public AdxValidationPolicy? ValidationPolicy { get; set; }

    /// <summary>The way by which batches go: Auto (streamed where the table allows it and the batch is small, else queued), Queued, Streaming or Direct.</summary>
    [Parameter]
    public AdxIngestionMode Mode { get; set; }

    /// <summary>Rows after which a batch is sealed; no limit by default.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long BatchRows { get; set; }

    /// <summary>Megabytes before compression after which a batch is sealed; 256 by default.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSizeMB { get; set; } = 256;

    /// <summary>The age at which a batch of objects is sealed even if no more come; 30 seconds by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    [DurationTransformation]
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Extent tags for what is sent, such as <c>drop-by:2026-11</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] Tag { get; set; } = [];

    /// <summary>Values of <c>ingest-by:</c> tags for what is sent, by which -IngestIfNotExists knows it again.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] IngestBy { get; set; } = [];

    /// <summary>Values of <c>ingest-by:</c> tags: what the table has under one of them is not ingested again.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] IngestIfNotExists { get; set; } = [];

    /// <summary>The time at which the data passes for ingested, for retention and caching; now by default.</summary>
    [Parameter]
    public DateTime? CreationTime { get; set; }

    /// <summary>What is promised of each row when something breaks: AtLeastOnce by default.</summary>
    [Parameter]
    public AdxDeliveryGuarantee DeliveryGuarantee { get; set; }

    /// <summary>A directory of a local disk in which rows are kept until the service has confirmed them. For rows, not for files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SpoolPath { get; set; }

    /// <summary>The name of this ingestion in the spool: the same call goes on where the one before ended.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SpoolNameCompleter))]
    public string? SpoolName { get; set; }

    /// <summary>Megabytes that the batches of this ingestion may take in the spool; 4096 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int SpoolSizeMB { get; set; } = 4096;

    /// <summary>Rows that the input leaves out already, since the spool of that name has them; none by default.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    [Parameter(ParameterSetName = DataReaderSet)]
    [ValidateRange(0, long.MaxValue)]
    public long SkippedRows { get; set; }

    /// <summary>Has each batch ingested at once and alone, without collecting.</summary>
    [Parameter]
    public SwitchParameter SkipBatching { get; set; }

    /// <summary>Lets the ingestion add columns to the table.</summary>
    [Parameter]
    public SwitchParameter ExtendSchema { get; set; }

    /// <summary>Leaves the uploaded blobs where they are, instead of having each deleted once it is ingested.</summary>
    [Parameter]
    public SwitchParameter KeepBlob { get; set; }

    /// <summary>How many blocks are encoded and uploaded at the same time; the processors of this machine by default, at most 8.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int? ThrottleLimit { get; set; }

    /// <summary>How hard to compress: Fastest by default; Optimal or SmallestSize trade time for bytes.</summary>
    [Parameter]
    public System.IO.Compression.CompressionLevel CompressionLevel { get; set; } = System.IO.Compression.CompressionLevel.Fastest;

    /// <summary>Waits until the service has finished with every batch.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long -Wait waits; without end by default.</summary>
    [Parameter]
    [DurationTransformation]
    public TimeSpan Timeout { get; set; } = System.Threading.Timeout.InfiniteTimeSpan;
}
