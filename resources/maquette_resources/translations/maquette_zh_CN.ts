<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Actions</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Make the pictures that the panel describes</source>
        <translation>按面板中的描述生成图片</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop the picture that is being made</source>
        <translation>停止正在生成的图片</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Stop and drop everything in the queue</source>
        <translation>停止并清空整个队列</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败的任务</translation>
    </message>
    <message>
        <source>Queue the failed jobs again</source>
        <translation>把失败的任务重新排队</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>清除已结束的任务</translation>
    </message>
    <message>
        <source>Take finished jobs off the list; their pictures stay</source>
        <translation>从列表中移除已结束的任务，图片会保留</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save a copy of the file with all its marks</source>
        <translation>另存一份副本，保留全部标记</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the picture to the clipboard</source>
        <translation>把图片复制到剪贴板</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>The same recipe once more with a new seed</source>
        <translation>用同一配方换一个新种子再生成一次</translation>
    </message>
    <message>
        <source>Reuse recipe</source>
        <translation>沿用配方</translation>
    </message>
    <message>
        <source>Lay the recipe of this picture out in the panel</source>
        <translation>把这张图片的配方填入面板</translation>
    </message>
    <message>
        <source>Use as start</source>
        <translation>作为起点</translation>
    </message>
    <message>
        <source>Make the next picture out of this one</source>
        <translation>以这张图片为基础生成下一张</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Open the folder that holds the file</source>
        <translation>打开文件所在的文件夹</translation>
    </message>
    <message>
        <source>Start from a picture…</source>
        <translation>从图片开始…</translation>
    </message>
    <message>
        <source>Choose an image file to start from</source>
        <translation>选择一个图片文件作为起点</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Show the whole picture</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>One pixel of the picture on one pixel of the screen</source>
        <translation>图片的一个像素对应屏幕的一个像素</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Come nearer to the picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Step back from the picture</source>
        <translation>缩小图片</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Change what lies behind the picture: plain or checks</source>
        <translation>切换图片背后的底色：纯色或棋盘格</translation>
    </message>
    <message>
        <source>Newer picture</source>
        <translation>较新的图片</translation>
    </message>
    <message>
        <source>Show the picture made after this one</source>
        <translation>显示在此之后生成的图片</translation>
    </message>
    <message>
        <source>Older picture</source>
        <translation>较早的图片</translation>
    </message>
    <message>
        <source>Show the picture made before this one</source>
        <translation>显示在此之前生成的图片</translation>
    </message>
    <message>
        <source>Draw a new seed</source>
        <translation>换一个新种子</translation>
    </message>
    <message>
        <source>Keep or free the seed</source>
        <translation>锁定或解锁种子</translation>
    </message>
    <message>
        <source>Keep the seed for every Generate, or draw a new one</source>
        <translation>每次生成都用同一种子，或每次换新</translation>
    </message>
    <message>
        <source>Go to the prompt</source>
        <translation>转到提示词</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language, theme, folders, device, models</source>
        <translation>语言、主题、文件夹、设备、模型</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>All keyboard shortcuts</source>
        <translation>全部键盘快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close the window and stop what is being made</source>
        <translation>关闭窗口并停止正在生成的图片</translation>
    </message>
</context>
<context>
    <name>AdvancedFold</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>More steps take longer and settle finer detail.</source>
        <translation>步数越多耗时越长，细节也越稳定。</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>How closely the picture follows the prompt; too high looks hard and burnt.</source>
        <translation>图片贴合提示词的程度；过高会显得生硬、过曝。</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>The method that takes the noise away, step by step.</source>
        <translation>逐步去除噪声的方法。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>{low} to {high} pixels</source>
        <translation>{low} 到 {high} 像素</translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>a red ceramic mug on a wooden table, soft light from the left</source>
        <translation>木桌上的红色陶瓷马克杯，左侧柔光</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Reuse recipe</source>
        <translation>沿用配方</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>显示或隐藏详细信息</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>EmptyStage</name>
    <message>
        <source>Your picture forms here</source>
        <translation>图片将在这里成形</translation>
    </message>
    <message>
        <source>Ctrl ↵</source>
        <translation>Ctrl ↵</translation>
    </message>
    <message>
        <source>makes what the prompt at the left describes</source>
        <translation>按左侧的提示词生成图片</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>拖放</translation>
    </message>
    <message>
        <source>an image here to start from it, or to reuse its recipe</source>
        <translation>把图片拖到这里，作为起点或沿用其配方</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>shows everything the keyboard can do</source>
        <translation>查看全部键盘快捷键</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Save a copy</source>
        <translation>另存副本</translation>
    </message>
    <message>
        <source>PNG image (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Start from a picture</source>
        <translation>从图片开始</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>图片 ({patterns})</translation>
    </message>
</context>
<context>
    <name>FilesCard</name>
    <message>
        <source>Example: {name}</source>
        <translation>示例：{name}</translation>
    </message>
    <message>
        <source>Choose the folder for pictures</source>
        <translation>选择图片文件夹</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Pictures folder</source>
        <translation>图片文件夹</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Use default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Go back to the usual folder</source>
        <translation>恢复默认文件夹</translation>
    </message>
    <message>
        <source>Fields: {fields}; a slash makes a folder.</source>
        <translation>可用字段：{fields}；斜杠表示文件夹。</translation>
    </message>
    <message>
        <source>Write the recipe into the file</source>
        <translation>把配方写入文件</translation>
    </message>
    <message>
        <source>Prompt, seed and settings, so that the picture can be made again from its file. The watermark and the AI label are always written; they name no person.</source>
        <translation>包括提示词、种子和各项设置，凭文件即可再次生成同一张图片。水印和 AI 标识始终会写入，其中不含任何个人信息。</translation>
    </message>
</context>
<context>
    <name>KeyboardDialog</name>
    <message>
        <source>Keyboard</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Tab moves through the controls, arrow keys through queue and pictures, Delete cancels the selected job.</source>
        <translation>Tab 键在控件间移动，方向键在队列和图片间移动，Delete 键取消选中的任务。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ModelRow</name>
    <message>
        <source>Add a model folder…</source>
        <translation>添加模型文件夹…</translation>
    </message>
    <message>
        <source>Add a .safetensors file…</source>
        <translation>添加 .safetensors 文件…</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The model that makes the pictures. Drop a model folder or a .safetensors file on the window to add one.</source>
        <translation>用来生成图片的模型。把模型文件夹或 .safetensors 文件拖到窗口上即可添加。</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>选择模型文件夹</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>Models (*.safetensors)</source>
        <translation>模型 (*.safetensors)</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>Languages that this model understands</source>
        <translation>此模型能理解的语言</translation>
    </message>
    <message>
        <source>Without a prompt the model makes whatever comes to it.</source>
        <translation>没有提示词时，模型会自由发挥。</translation>
    </message>
    <message>
        <source>This model was taught English prompts; Chinese may not reach it.</source>
        <translation>此模型只学过英文提示词，中文可能不起作用。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Describe the picture: the thing, what it is made of, the light, the background.
For example: a blue glass vase on a marble table</source>
        <translation>描述想要的图片：物体、材质、光线、背景。
例如：大理石桌面上的蓝色玻璃花瓶</translation>
    </message>
    <message>
        <source>What the picture shows</source>
        <translation>图片中要出现的内容</translation>
    </message>
    <message>
        <source>What the picture should not show</source>
        <translation>图片中不应出现的内容</translation>
    </message>
    <message>
        <source>Negative prompt</source>
        <translation>反向提示词</translation>
    </message>
    <message>
        <source>What to keep away from</source>
        <translation>要避免的内容</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>图片数量</translation>
    </message>
    <message>
        <source>How many pictures to make</source>
        <translation>要生成多少张图片</translation>
    </message>
    <message>
        <source>Show or hide the negative prompt</source>
        <translation>显示或隐藏反向提示词</translation>
    </message>
</context>
<context>
    <name>QueueModel</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>done · {seconds} s</source>
        <translation>完成 · {seconds} 秒</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 个等待中</translation>
    </message>
    <message>
        <source>Cancel this one</source>
        <translation>取消这一个</translation>
    </message>
    <message>
        <source>Queue it again</source>
        <translation>重新排队</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Nothing is waiting. What you generate lines up here.</source>
        <translation>队列为空。要生成的图片会在这里排队。</translation>
    </message>
    <message>
        <source>More about the queue</source>
        <translation>更多队列操作</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Make pictures from prompts</source>
        <translation>用提示词生成图片</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>RecentModel</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
</context>
<context>
    <name>RecentPanel</name>
    <message>
        <source>{n} today</source>
        <translation>今天 {n} 张</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Pictures gather here. A click shows one; drag it out to use its file.</source>
        <translation>生成的图片会汇集在这里。单击查看，拖出即可使用文件。</translation>
    </message>
    <message>
        <source>Pictures made lately</source>
        <translation>最近生成的图片</translation>
    </message>
</context>
<context>
    <name>SeedRow</name>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>The same seed and recipe make the same picture again.</source>
        <translation>相同的种子和配方会生成相同的图片。</translation>
    </message>
    <message>
        <source>Draw a new seed</source>
        <translation>换一个新种子</translation>
    </message>
    <message>
        <source>Keep this seed</source>
        <translation>锁定此种子</translation>
    </message>
    <message>
        <source>Locked: every Generate uses this seed. Open: each draws a new one.</source>
        <translation>锁定：每次生成都用此种子。解锁：每次换一个新种子。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>{path}  ·  not found</source>
        <translation>{path}  ·  未找到</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>处理器 (CPU)</translation>
    </message>
    <message>
        <source>Graphics card (CUDA, ROCm)</source>
        <translation>显卡 (CUDA、ROCm)</translation>
    </message>
    <message>
        <source>Apple graphics (Metal)</source>
        <translation>Apple 图形处理器 (Metal)</translation>
    </message>
    <message>
        <source>A change here starts the engine again, as soon as no picture is being made.</source>
        <translation>更改后，等没有图片在生成时，引擎会重新启动。</translation>
    </message>
    <message>
        <source>Show the picture while it forms</source>
        <translation>生成过程中实时显示图片</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Add file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a .safetensors file</source>
        <translation>添加 .safetensors 文件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the model from the list</source>
        <translation>从列表中移除模型</translation>
    </message>
    <message>
        <source>Takes the model off the list; its files stay where they are.</source>
        <translation>只从列表中移除，模型文件保留在原处。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>SizeRow</name>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} 像素</translation>
    </message>
    <message>
        <source>Size {size}</source>
        <translation>尺寸 {size}</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>No prompt</source>
        <translation>无提示词</translation>
    </message>
    <message>
        <source>seed {seed} · {steps} steps · {width} × {height}</source>
        <translation>种子 {seed} · {steps} 步 · {width} × {height}</translation>
    </message>
    <message>
        <source>Marked {id}</source>
        <translation>已标记 {id}</translation>
    </message>
    <message>
        <source>invisible watermark</source>
        <translation>隐形水印</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>AI label (XMP)</source>
        <translation>AI 标识 (XMP)</translation>
    </message>
    <message>
        <source>Written into the file and read back: {marks}</source>
        <translation>已写入文件并回读验证：{marks}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>StartRow</name>
    <message>
        <source>Starting from</source>
        <translation>起点图片</translation>
    </message>
    <message>
        <source>Start from nothing again</source>
        <translation>不再使用起点图片</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>变化强度</translation>
    </message>
    <message>
        <source>How much may change: near 0 keeps the picture, 1 keeps almost nothing of it.</source>
        <translation>允许改变多少：接近 0 几乎保持原图，1 则几乎完全重画。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{seconds} s / image</source>
        <translation>{seconds} 秒/张</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>Loading model</source>
        <translation>正在载入模型</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>正在重启</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>{used} GB</source>
        <translation>{used} GB</translation>
    </message>
    <message>
        <source>{used} of {total} GB</source>
        <translation>{used} / {total} GB</translation>
    </message>
    <message>
        <source>Rendering {place} of {of}</source>
        <translation>正在生成第 {place} 张，共 {of} 张</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step} 步，共 {total} 步</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>剩余 {n} 分钟</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>剩余 {n} 秒</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>The prompt is longer than %1 characters; please shorten it.</source>
        <translation>提示词超过 %1 个字符，请缩短一些。</translation>
    </message>
    <message>
        <source>The negative prompt is longer than %1 characters; please shorten it.</source>
        <translation>反向提示词超过 %1 个字符，请缩短一些。</translation>
    </message>
    <message>
        <source>The width must be between %1 and %2 pixels, not %3.</source>
        <translation>宽度必须在 %1 到 %2 像素之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The height must be between %1 and %2 pixels, not %3.</source>
        <translation>高度必须在 %1 到 %2 像素之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The width must be a multiple of %1 for this model; %2 is the nearest to %3.</source>
        <translation>此模型要求宽度是 %1 的倍数；最接近 %3 的是 %2。</translation>
    </message>
    <message>
        <source>The height must be a multiple of %1 for this model; %2 is the nearest to %3.</source>
        <translation>此模型要求高度是 %1 的倍数；最接近 %3 的是 %2。</translation>
    </message>
    <message>
        <source>The seed must be between %1 and %2, not %3.</source>
        <translation>种子必须在 %1 到 %2 之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The number of steps must be between %1 and %2, not %3.</source>
        <translation>步数必须在 %1 到 %2 之间，不能是 %3。</translation>
    </message>
    <message>
        <source>The guidance scale must be a number between %1 and %2, not %3.</source>
        <translation>引导强度必须是 %1 到 %2 之间的数，不能是 %3。</translation>
    </message>
    <message>
        <source>The strength must be a number above 0 and at most 1, not %1.</source>
        <translation>变化强度必须大于 0 且不超过 1，不能是 %1。</translation>
    </message>
    <message>
        <source>The settings could not be read and were set to their defaults; the old file is kept as %1 (%2).</source>
        <translation>无法读取设置，已恢复为默认值；旧文件保留为 %1（%2）。</translation>
    </message>
    <message>
        <source>There is no model at %1; please check the path.</source>
        <translation>%1 处没有模型，请检查路径。</translation>
    </message>
    <message>
        <source>The model&apos;s path cannot be read.</source>
        <translation>无法读取模型路径。</translation>
    </message>
    <message>
        <source>%1 is not opened: only .safetensors files and diffusers folders are, because other model files can run programs.</source>
        <translation>未打开 %1：只支持 .safetensors 文件和 diffusers 文件夹，因为其他模型文件可能会运行程序。</translation>
    </message>
    <message>
        <source>The built-in model is not complete in this installation; please install Maquette again.</source>
        <translation>此安装中的内置模型不完整，请重新安装 Maquette。</translation>
    </message>
    <message>
        <source>%1 is a model of a kind that cannot be used (%2); Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 是无法使用的模型类型（%2）；可以使用 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 has a part that cannot be used (%2); please choose another model.</source>
        <translation>%1 中有无法使用的部件（%2），请选择其他模型。</translation>
    </message>
    <message>
        <source>%1 is made for another task (inpainting or editing), not for making pictures from a prompt.</source>
        <translation>%1 用于其他任务（局部重绘或编辑），不能根据提示词生成图片。</translation>
    </message>
    <message>
        <source>%1 has a config that makes no sense; please fetch it again.</source>
        <translation>%1 的配置有误，请重新获取。</translation>
    </message>
    <message>
        <source>%1 holds its %2 only as .bin, which is not opened because such files can run programs; please get the model with .safetensors files.</source>
        <translation>%1 的 %2 只有 .bin 文件，这类文件可能会运行程序，因此未打开；请获取带 .safetensors 文件的模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete: the weights of its %2 are missing; please fetch the model again.</source>
        <translation>%1 不完整：缺少 %2 的权重，请重新获取模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete: %2 is missing; please fetch the model again.</source>
        <translation>%1 不完整：缺少 %2，请重新获取模型。</translation>
    </message>
    <message>
        <source>%1 is too large to be a config; please fetch the model again.</source>
        <translation>%1 太大，不可能是配置文件；请重新获取模型。</translation>
    </message>
    <message>
        <source>%1 is not a complete model folder: %2 is missing; please choose a diffusers folder or a .safetensors file.</source>
        <translation>%1 不是完整的模型文件夹：缺少 %2；请选择 diffusers 文件夹或 .safetensors 文件。</translation>
    </message>
    <message>
        <source>%1 is broken; please fetch the model again.</source>
        <translation>%1 已损坏，请重新获取模型。</translation>
    </message>
    <message>
        <source>The model file %1 cannot be read.</source>
        <translation>无法读取模型文件 %1。</translation>
    </message>
    <message>
        <source>%1 is a Python pickle under a .safetensors name and is not opened, because such files can run programs; please get the real .safetensors file.</source>
        <translation>%1 其实是改名为 .safetensors 的 Python pickle 文件，可能会运行程序，因此未打开；请获取真正的 .safetensors 文件。</translation>
    </message>
    <message>
        <source>%1 is not a safetensors file; please download the model again.</source>
        <translation>%1 不是 safetensors 文件，请重新下载模型。</translation>
    </message>
    <message>
        <source>%1 is incomplete (a copy or download was cut off); please fetch it again.</source>
        <translation>%1 不完整（复制或下载中断），请重新获取。</translation>
    </message>
    <message>
        <source>%1 is a model of a kind that cannot be used; Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 是无法使用的模型类型；可以使用 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 is %2, which cannot be used as a model here; Stable Diffusion 1.x, 2.x and SDXL can.</source>
        <translation>%1 是 %2，不能在这里用作模型；可以使用 Stable Diffusion 1.x、2.x 和 SDXL。</translation>
    </message>
    <message>
        <source>%1 lacks the part that turns latents into pictures (VAE); please get the full checkpoint.</source>
        <translation>%1 缺少把潜变量变成图片的部件（VAE），请获取完整的模型文件。</translation>
    </message>
    <message>
        <source>%1 is an SDXL refiner, which only improves pictures of another model; please choose an SDXL base model.</source>
        <translation>%1 是 SDXL refiner，只能改进其他模型的图片；请选择 SDXL 基础模型。</translation>
    </message>
    <message>
        <source>%1 lacks its text encoder; please get the full checkpoint.</source>
        <translation>%1 缺少文本编码器，请获取完整的模型文件。</translation>
    </message>
    <message>
        <source>The job was cancelled.</source>
        <translation>任务已取消。</translation>
    </message>
    <message>
        <source>The worker was asked to stop by the system; it is started again.</source>
        <translation>系统要求工作进程停止；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker ran out of memory; it is started again, and a smaller size may help.</source>
        <translation>工作进程内存不足，正在重新启动；减小尺寸可能有帮助。</translation>
    </message>
    <message>
        <source>The worker was killed, most likely because the machine ran out of memory; it is started again.</source>
        <translation>工作进程被终止，很可能是机器内存不足；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker stopped, because this CPU lacks an instruction it uses; it is started again.</source>
        <translation>此处理器缺少所需的指令，工作进程已停止；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker stopped, because the GPU or its driver failed; it is started again.</source>
        <translation>显卡或其驱动出错，工作进程已停止；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker cannot start, because a part of the installation is missing; please run the set-up again.</source>
        <translation>安装不完整，工作进程无法启动；请重新运行安装程序。</translation>
    </message>
    <message>
        <source>The worker crashed (%1); it is started again.</source>
        <translation>工作进程崩溃（%1）；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker ended unexpectedly (exit status %1); it is started again.</source>
        <translation>工作进程意外结束（退出状态 %1）；正在重新启动。</translation>
    </message>
    <message>
        <source>The worker cannot be started; please run the set-up again.</source>
        <translation>无法启动工作进程，请重新运行安装程序。</translation>
    </message>
    <message>
        <source>The worker did not stop the job, so it is started again.</source>
        <translation>工作进程没有停止任务，因此正在重新启动。</translation>
    </message>
    <message>
        <source>The worker did not answer any more, so it is started again.</source>
        <translation>工作进程不再响应，因此正在重新启动。</translation>
    </message>
    <message>
        <source>The engine was closed.</source>
        <translation>引擎已关闭。</translation>
    </message>
    <message>
        <source>The engine is closed.</source>
        <translation>引擎已关闭。</translation>
    </message>
    <message>
        <source>The picture could not be saved; please try again.</source>
        <translation>图片无法保存，请再试一次。</translation>
    </message>
    <message>
        <source>Loading the text encoder</source>
        <translation>正在载入文本编码器</translation>
    </message>
    <message>
        <source>Loading the image model</source>
        <translation>正在载入图像模型</translation>
    </message>
    <message>
        <source>Loading the decoder</source>
        <translation>正在载入解码器</translation>
    </message>
    <message>
        <source>Checking the weights</source>
        <translation>正在校验权重</translation>
    </message>
    <message>
        <source>Warming up</source>
        <translation>正在预热</translation>
    </message>
    <message>
        <source>The prompt is empty, so the model chose freely.</source>
        <translation>提示词为空，模型自由发挥。</translation>
    </message>
    <message>
        <source>The prompt is longer than this model reads (%1 tokens); it ends after “%2”.</source>
        <translation>提示词超出此模型的读取长度（%1 个词元）；只读到“%2”为止。</translation>
    </message>
    <message>
        <source>The negative prompt is longer than this model reads (%1 tokens); it ends after “%2”.</source>
        <translation>反向提示词超出此模型的读取长度（%1 个词元）；只读到“%2”为止。</translation>
    </message>
    <message>
        <source>This machine has no %1 device that torch can use; please choose another one in the settings.</source>
        <translation>这台机器没有 torch 可用的 %1 设备；请在设置中选择其他设备。</translation>
    </message>
    <message>
        <source>%1 cannot be loaded, because its files do not fit together; please fetch the model again.</source>
        <translation>%1 的文件彼此不匹配，无法载入；请重新获取模型。</translation>
    </message>
    <message>
        <source>There is not enough memory to load this model; please close other programs or choose a smaller model.</source>
        <translation>内存不足，无法载入此模型；请关闭其他程序或选择较小的模型。</translation>
    </message>
    <message>
        <source>Memory ran out while the picture was made; please choose a smaller size or close other programs.</source>
        <translation>生成图片时内存不足；请减小尺寸或关闭其他程序。</translation>
    </message>
    <message>
        <source>A picture of %1 x %2 needs about %3 GB of memory and %4 GB are free; please choose a smaller size.</source>
        <translation>生成 %1 x %2 的图片约需 %3 GB 内存，当前可用 %4 GB；请减小尺寸。</translation>
    </message>
    <message>
        <source>Memory was short, so the picture was decoded in tiles.</source>
        <translation>内存紧张，图片已分块解码。</translation>
    </message>
    <message>
        <source>Memory was short, so the picture was made in smaller parts, more slowly.</source>
        <translation>内存紧张，图片已分成更小的部分生成，速度较慢。</translation>
    </message>
    <message>
        <source>GPU memory was short, so parts of the model wait in main memory, and it is slower.</source>
        <translation>显存紧张，模型的一部分暂存于内存，速度较慢。</translation>
    </message>
    <message>
        <source>The model has changed since this recipe was made; the picture may differ.</source>
        <translation>此配方产生之后模型已有变化，图片可能不同。</translation>
    </message>
    <message>
        <source>The picture could not be marked and encoded; please try again.</source>
        <translation>图片无法加标记和编码，请再试一次。</translation>
    </message>
    <message>
        <source>Something inside Maquette went wrong (%1); please try again.</source>
        <translation>Maquette 内部出错（%1），请再试一次。</translation>
    </message>
    <message>
        <source>The disk is full: free some space for %1 and make the picture again.</source>
        <translation>磁盘已满：请为 %1 腾出空间，然后重新生成图片。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to; choose another one.</source>
        <translation>无法写入文件夹 %1，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The path of a picture in %1 is too long; choose another folder or a shorter file name template.</source>
        <translation>%1 中的图片路径过长；请选择其他文件夹或更短的文件名模板。</translation>
    </message>
    <message>
        <source>The folder %1 is not there and cannot be made; choose another one.</source>
        <translation>文件夹 %1 不存在且无法创建，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The picture is larger than a file in %1 may be; choose another one.</source>
        <translation>图片超出 %1 允许的文件大小，请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The picture could not be saved in %1 (%2); choose another one.</source>
        <translation>图片无法保存到 %1（%2），请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The picture came damaged from the engine and was not saved; please make it again.</source>
        <translation>引擎传来的图片已损坏，未保存；请重新生成。</translation>
    </message>
    <message>
        <source>The library cannot be opened in %1; check that the folder exists and can be written to.</source>
        <translation>无法在 %1 打开图库；请确认文件夹存在且可写。</translation>
    </message>
    <message>
        <source>The library index %1 cannot be read (%2); move it away and start again, the pictures themselves are safe.</source>
        <translation>无法读取图库索引 %1（%2）；请将其移走后重新启动，图片本身不受影响。</translation>
    </message>
    <message>
        <source>The file name template has an unknown field %1; use %2.</source>
        <translation>文件名模板中有未知字段 %1；可用的有 %2。</translation>
    </message>
    <message>
        <source>The file name template %1 has an unpaired brace.</source>
        <translation>文件名模板 %1 中有不成对的大括号。</translation>
    </message>
    <message>
        <source>The file name template ends in a folder; add a file name such as %1.</source>
        <translation>文件名模板以文件夹结尾；请加上文件名，例如 %1。</translation>
    </message>
    <message>
        <source>The number of images must be between %1 and %2, not %3.</source>
        <translation>图片数量必须在 %1 到 %2 之间，不能是 %3。</translation>
    </message>
    <message>
        <source>There is no model to make pictures with; add one first.</source>
        <translation>没有可用来生成图片的模型，请先添加一个。</translation>
    </message>
    <message>
        <source>The model %1 is no longer there, so the built-in model is used; add it again when it is back.</source>
        <translation>模型 %1 已不存在，改用内置模型；恢复后可重新添加。</translation>
    </message>
    <message>
        <source>This recipe was made with the model %1, which is not on this machine; add it, or choose another one.</source>
        <translation>此配方使用的模型 %1 不在这台机器上；请添加它，或选择其他模型。</translation>
    </message>
    <message>
        <source>The picture that this one started from is not at hand any more; choose it as the starting point again and press Generate.</source>
        <translation>这张图片的起点图片已不可用；请重新选择起点图片，然后点击“生成”。</translation>
    </message>
    <message>
        <source>This picture was made from another one; choose that as the starting point to get the same result.</source>
        <translation>这张图片由另一张图片生成；要得到相同结果，请把那张图片设为起点。</translation>
    </message>
    <message>
        <source>This picture carries its recipe; you can lay it out in the panel instead.</source>
        <translation>这张图片带有配方，也可以把配方填入面板。</translation>
    </message>
    <message>
        <source>%1 carries no recipe; choose a picture made here.</source>
        <translation>%1 不带配方；请选择在这里生成的图片。</translation>
    </message>
    <message>
        <source>Saved as %1, with all its marks.</source>
        <translation>已保存为 %1，全部标记均保留。</translation>
    </message>
    <message>
        <source>The picture could not be saved as %1 (%2); choose another folder or free some space.</source>
        <translation>图片无法保存为 %1（%2）；请选择其他文件夹或腾出空间。</translation>
    </message>
    <message>
        <source>The settings could not be saved to %1 (%2); check that the folder can be written.</source>
        <translation>设置无法保存到 %1（%2）；请确认文件夹可写。</translation>
    </message>
    <message>
        <source>The panel&apos;s content could not be saved to %1 (%2); check that the folder can be written.</source>
        <translation>面板内容无法保存到 %1（%2）；请确认文件夹可写。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong; you can go on, and the log has the details.</source>
        <translation>发生意外错误；可以继续使用，详情见日志。</translation>
    </message>
    <message>
        <source>%1 has %2 × %3 pixels, more than can be opened; please make it smaller first.</source>
        <translation>%1 有 %2 × %3 像素，超出可打开的范围；请先缩小图片。</translation>
    </message>
    <message>
        <source>%1 is no longer there; please choose another picture.</source>
        <translation>%1 已不存在，请选择其他图片。</translation>
    </message>
    <message>
        <source>%1 is not a picture that can be opened; use PNG, JPEG, WebP or TIFF.</source>
        <translation>%1 不是可以打开的图片；请使用 PNG、JPEG、WebP 或 TIFF。</translation>
    </message>
    <message>
        <source>%1 could not be opened; the file seems to be damaged.</source>
        <translation>%1 无法打开，文件似乎已损坏。</translation>
    </message>
</context>
</TS>
