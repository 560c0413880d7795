# A service that is busy, breaks off or forgets to answer: every row arrives, and arrives once.

BeforeDiscovery {
    $faults = foreach ($target in 'Configuration', 'BlobUpload', 'QueuedPost', 'Status') {
        @{ Case = '503'; Target = $target; Fault = @{ StatusCode = 503 } }
        @{ Case = '429 with Retry-After'; Target = $target; Fault = @{ StatusCode = 429; RetryAfter = [timespan]::FromSeconds(1) } }
        @{ Case = 'a broken connection'; Target = $target; Fault = @{ Abort = $true } }
    }
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $rows = 1..300 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = "name $_" } }

    function Confirm-Once([string] $Table, [long] $Rows) {
        $found = Invoke-AdxQuery "$Table | summarize n = count(), lowest = min(Id), highest = max(Id), total = sum(Id)"
        "$($found.n) $($found.lowest) $($found.highest) $($found.total)" | Should -BeExactly "$Rows 1 $Rows $($Rows * ($Rows + 1) / 2)"
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Every row arrives once' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'through <Case> at <Target>' -ForEach $faults {
        Add-LocalFault $Target @Fault
        $script:ingestion = $null
        $requests = Get-LocalRequest { $script:ingestion = $rows | Send-AdxData $table -BatchRows 100 -Wait -ErrorAction Stop }
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Batches | Should -HaveCount 3
        Confirm-Once $table 300
        @($requests | Where-Object Status -NotIn 200, 201) | Should -HaveCount 1 -Because 'the fault struck'
    }

    It 'through a lost answer to an upload' {
        Add-LocalFault BlobUpload -AfterAction
        ($rows | Send-AdxData $table -Wait -ErrorAction Stop).Status | Should -Be 'Succeeded'
        Confirm-Once $table 300
    }

    It 'through a lost answer to what was queued' {
        Add-LocalFault QueuedPost -AfterAction
        $null = $rows | Send-AdxData $table -Wait -ErrorVariable failures -ErrorAction SilentlyContinue
        Confirm-Once $table 300
        # The service takes the second request for a blob that it has ingested and deleted as a failure of its own. Who
        # reads that must not be led to send everything again.
        $failures.ErrorDetails.RecommendedAction | Should -BeLike '*Count the rows*before*sent again*'
    }

    It 'through faults at every step of blocks' {
        Add-LocalFault BlobUpload -Count 2
        Add-LocalFault BlockList
        # Random, so that it does not compress below one block.
        $bytes = [byte[]]::new(9mb)
        $random = [random]::new(1)
        $random.NextBytes($bytes)
        $text = [System.Convert]::ToBase64String($bytes)
        $large = 1..40 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = $text.Substring(($_ - 1) * 300000, 300000) } }
        $ingestion = $large | Send-AdxData $table -Wait -ErrorAction Stop
        $ingestion.Status | Should -Be 'Succeeded'
        $ingestion.Batches | Should -HaveCount 1
        Confirm-Once $table 40
    }

    It 'of a file' {
        $path = Join-Path $TestDrive 'faults.csv'
        Set-Content $path (1..300 | ForEach-Object { "$_,name" })
        Add-LocalFault BlobUpload
        Add-LocalFault QueuedPost -StatusCode 429 -RetryAfter '00:00:01'
        (Send-AdxData $table -Path $path -BatchRows 100 -Wait -ErrorAction Stop).Status | Should -Be 'Succeeded'
        Confirm-Once $table 300
    }
}

Describe 'Memory stays flat through faults' {
    # Another process sends, as this one holds the stand-in. It is given far less memory than the data has, so that keeping what
    # is sent, or what is sent again, ends it with an error.
    It 'with -Mode <Mode>' -ForEach @(
        @{ Mode = 'Queued'; Target = 'BlobUpload, BlockList, QueuedPost'; Lines = 25000; Heap = 80MB }
        @{ Mode = 'Streaming'; Target = 'Streaming'; Lines = 25000; Heap = 80MB }
        # Each command is in memory in several forms, of text and of bytes.
        @{ Mode = 'Direct'; Target = 'Management'; Lines = 25000; Heap = 160MB }
    ) {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long'
        $null = New-AdxMapping $table ids Csv 'Id'
        $null = Set-AdxTablePolicy $table -Streaming $true
        $file = Join-Path $TestDrive 'memory.ps1'
        Set-Content $file @'
param($Module, $Cluster, $Table, $Mode, $Lines)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$null = Connect-Adx -Local $Cluster -WarningAction SilentlyContinue
# 4 KB a line, of which little can be compressed.
$bytes = [byte[]]::new(1MB)
[System.Random]::new(1).NextBytes($bytes)
$text = [System.Convert]::ToBase64String($bytes)
'ready'
$null = [System.Console]::In.ReadLine()
1..$Lines | ForEach-Object { "$_," + $text.Substring(($_ % 25000) * 47, 4000) } |
    Send-AdxData $Table -Format Csv -MappingName ids -Mode $Mode -BatchSizeMB 16 -Wait |
    ForEach-Object { "$($_.Status) $($_.Rows) $($_.RejectedRows)" }
'@
        $info = [System.Diagnostics.ProcessStartInfo]::new([System.Environment]::ProcessPath)
        $info.RedirectStandardInput = $info.RedirectStandardOutput = $info.RedirectStandardError = $true
        $info.Environment['DOTNET_GCHeapHardLimit'] = '0x{0:X}' -f $Heap
        '-NoProfile', '-NonInteractive', '-File', $file, $ModuleManifest, "$((Get-AdxConnection).Cluster)", $table, $Mode, "$lines" | ForEach-Object { $info.ArgumentList.Add($_) }
        $process = [System.Diagnostics.Process]::Start($info)
        try {
            $process.StandardOutput.ReadLine() | Should -BeExactly 'ready'
            if ($Mode -eq 'Direct') {
                # Of its commands the first looks up the table; it is asked again.
                Add-LocalFault $Target -Count 2 -StatusCode 429
            }
            else {
                Add-LocalFault $Target -Count 2
                Add-LocalFault $Target -StatusCode 429 -RetryAfter '00:00:01'
                Add-LocalFault $Target -Abort
            }
            $errors = $process.StandardError.ReadToEndAsync()
            $process.StandardInput.WriteLine()
            $output = $process.StandardOutput.ReadToEnd().Trim()
            $errors.Result | Should -BeNullOrEmpty
            $output | Should -BeExactly "Succeeded $lines 0"
            $process.WaitForExit()
            $process.ExitCode | Should -Be 0
        }
        finally {
            if (-not $process.HasExited) {
                $process.Kill()
            }
            $process.Dispose()
        }
        Confirm-Once $table $lines
    }
}

Describe 'A service that goes on failing' {
    BeforeEach {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long', 'Name:string'
    }

    It 'is an error of the whole call, and nothing is left in the containers' {
        Add-LocalFault QueuedPost -StatusCode 400 -Count 1
        $failure = Get-Failure { $rows | Send-AdxData $table }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionRefused,*'
        Get-LocalBlob | Should -BeNullOrEmpty
        (Invoke-AdxQuery "$table | count").Count | Should -Be 0
    }

    It 'tells what had been accepted before' {
        $failure = Get-Failure {
            & {
                $rows[0..99]
                # By then the clock has sealed the first batch, and it is queued; what comes after it fails.
                Wait-Until { (Invoke-AdxQuery "$table | count").Count -eq 100 }
                Add-LocalFault QueuedPost -StatusCode 400
                $rows[100..199]
            } | Send-AdxData $table -BatchInterval '00:00:00.2' -WarningVariable script:warnings -WarningAction SilentlyContinue
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxIngestionRefused,*'
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*100 rows*Get-AdxIngestion*'
        @(Get-AdxIngestion)[-1].Rows | Should -Be 100
        Confirm-Once $table 100
    }

    It 'is an error where the upload is refused' {
        # In every container; a single one that refuses is left for another.
        Add-AdxLocalFault Forbidden 100 -Target Upload
        try {
            $failure = Get-Failure { $rows | Send-AdxData $table }
        }
        finally {
            Get-AdxLocalFault | Remove-AdxLocalFault
        }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxUploadRefused,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}
